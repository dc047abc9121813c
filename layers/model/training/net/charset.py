"""The characters that our recognisers read, and their classes in the teacher."""

from pathlib import Path

import onnx

HERE = Path(__file__).resolve().parent


def load_characters(path: Path = HERE / "charset.txt") -> list[str]:
    """One character a line, in the order of the classes, without the blank; the last is a space."""
    return path.read_text("utf-8").removesuffix("\n").split("\n")


def teacher_characters(model: onnx.ModelProto) -> list[str]:
    """The characters of a model that carries them in its metadata; class 0 is the blank."""
    text = next(item.value for item in model.metadata_props if item.key == "character")
    return ["", *text.rstrip("\r\n").split("\n"), " "]


def teacher_classes(model: onnx.ModelProto, characters: list[str]) -> list[int]:
    """The teacher's class of the blank and of each character.

    Raises:
        ValueError: When the teacher does not know a character.
    """
    places = {one: number for number, one in enumerate(teacher_characters(model))}
    if unknown := [one for one in characters if one not in places]:
        raise ValueError(f"the teacher does not read {''.join(unknown)}")
    return [0, *(places[one] for one in characters)]
