"""`python -m training.export RUN --name crnn_strong`: a run's best weights as a file of the layer.

Writes layers/model/weights/NAME.onnx and prints the entry for models.toml. With `--int8` the LSTM
and linear layers hold 8-bit weights (dynamic quantisation); what that costs is for
`make recognisers READERS=weights/NAME.onnx` to say.
"""

import argparse
import hashlib
import tempfile
from pathlib import Path
from typing import Any

import onnx
import torch

from training.config import load_config
from training.lesson import make_keeper
from training.net.graphs import keeper_graph
from training.net.keeper import Keeper
from training.paths import RECIPE
from training.trainer import BEST

ENTRY = """\
[[model]]
role = "{role}"
name = "{title}"
kind = "recogniser"
file = "weights/{name}.onnx"
sha256 = "{sha256}"
licence = "Apache-2.0"
height = 48
channels = "bgr"
mean = 127.5
scale = 0.00784313725490196
width_stride = 8
blank = 0
charset = "metadata:character"
charset_append = [" "]
"""


def main() -> None:
    """Read the command line, write the file, print the entry."""
    given = _parser().parse_args()
    keeper, about = load_keeper(given.run, given.config)
    keeper.blend(given.blend)
    name = given.name or f"crnn_{about['config']}"
    model = keeper_graph(keeper, name)
    target = given.out or RECIPE / "weights" / f"{name}.onnx"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(quantised(model) if given.int8 else model.SerializeToString())
    data = target.read_bytes()
    title = f"Wenyun CRNN, {about['config']}"
    digest = hashlib.sha256(data).hexdigest()
    print(f"# {target}: {len(data) / 1e6:.1f} MB, step {about['step']}, {about['found']}")
    print(ENTRY.format(role=given.role, title=title, name=name, sha256=digest))


def load_keeper(run: Path, config: str | None = None) -> tuple[Keeper, dict[str, Any]]:
    """A run's best weights as a keeper, and what is known of it."""
    kept = torch.load(run / BEST, map_location="cpu", weights_only=True)
    keeper = make_keeper(load_config(config or str(kept["config"])))
    keeper.load_state_dict(kept.pop("student"))
    kept["found"] = {k: v for k, v in kept["found"].items() if "/" not in k}
    return keeper.eval(), kept


def quantised(model: onnx.ModelProto) -> bytes:
    """The model with 8-bit weights in its LSTM and linear layers; convolutions stay as they are."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "source.onnx", Path(folder) / "target.onnx"
        source.write_bytes(model.SerializeToString())
        quantize_dynamic(
            source, target, op_types_to_quantize=["LSTM", "MatMul"], weight_type=QuantType.QInt8
        )
        return target.read_bytes()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="training.export", description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--config", help="a TOML file, where the run's is not in configs/")
    parser.add_argument("--name", help="crnn_CONFIG by default")
    parser.add_argument("--role", default="recogniser")
    parser.add_argument(
        "--blend", type=float, default=1.0, help="1 as trained, less towards the published reader"
    )
    parser.add_argument("--int8", action="store_true")
    parser.add_argument("--out", type=Path, help="another file than weights/NAME.onnx")
    return parser


if __name__ == "__main__":
    main()
