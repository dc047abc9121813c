"""The characters that our recognisers read, and those that a published one reads."""

from pathlib import Path

import onnx

HERE = Path(__file__).resolve().parent


def load_characters(path: Path = HERE / "charset.txt") -> list[str]:
    """One character a line, in the order of the classes, without the blank; the last is a space."""
    return path.read_text("utf-8").removesuffix("\n").split("\n")


def carried_characters(model: onnx.ModelProto) -> list[str]:
    """Likewise the characters of a model that carries them in its metadata."""
    text = next(item.value for item in model.metadata_props if item.key == "character")
    return [*text.rstrip("\r\n").split("\n"), " "]
