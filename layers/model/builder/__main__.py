"""`python -m builder --out FOLDER`: build the model layer."""

import argparse
import sys
from pathlib import Path

from builder.layout import build_layer
from builder.spec import LayerError, load_files, load_specs

HERE = Path(__file__).resolve().parent.parent


def main() -> int:
    """Build the layer and say where it lies; 1 and one line on standard error if it cannot be."""
    parser = argparse.ArgumentParser(prog="builder", description="Build the model layer.")
    parser.add_argument("--models", type=Path, default=HERE / "models.toml")
    parser.add_argument("--cache", type=Path, default=HERE / ".cache")
    parser.add_argument("--out", type=Path, default=HERE / "build")
    args = parser.parse_args()
    try:
        files = load_files(args.models)
        models = build_layer(load_specs(args.models), args.cache, args.out, files)
    except LayerError as error:
        print(f"layer: {error}", file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in models.iterdir())
    print(f"layer: {models} ({size / 1e6:.1f} MB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
