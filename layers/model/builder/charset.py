"""The characters that a recogniser's classes stand for."""

import onnx

from builder.fetch import Read
from builder.spec import LayerError, ModelSpec

METADATA = "metadata:"


def charset_text(spec: ModelSpec, read: Read, model: bytes) -> str | None:
    """The charset file: one class a line in the order of the classes, without the blank.

    Args:
        spec: Says where the charset is.
        read: Reads a file of the model's source.
        model: The model as published, which may carry the charset in its metadata.
    """
    if spec.charset is None:
        return None
    if spec.charset.startswith(METADATA):
        text = _metadata(model, spec.charset.removeprefix(METADATA), spec.role)
    else:
        text = read(spec.charset, spec.charset_sha256 or "").decode("utf-8")
    characters = [*text.rstrip("\r\n").split("\n"), *spec.charset_append]
    return "".join(f"{character.rstrip(chr(13))}\n" for character in characters)


def _metadata(model: bytes, key: str, role: str) -> str:
    for item in onnx.load_model_from_string(model).metadata_props:
        if item.key == key:
            return str(item.value)
    raise LayerError(f"{role}: the model's metadata has no '{key}'")
