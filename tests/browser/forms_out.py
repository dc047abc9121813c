"""What the fake service answers for each format."""

import json
from typing import Any

KINDS = {
    "json": "application/json",
    "text": "text/plain; charset=utf-8",
    "markdown": "text/markdown; charset=utf-8",
    "hocr": "text/html; charset=utf-8",
    "alto": "application/xml",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}


def render(answer: Any, name: str) -> tuple[str, bytes]:
    """The answer as that format: its media type and bytes, which begin as the real ones do."""
    lines = [line["text"] for line in answer["text"]]
    text = "\n".join(lines)
    written = {
        "json": json.dumps(answer),
        "text": text,
        "markdown": text,
        "hocr": f"<!doctype html><title>hOCR</title><p>{text}</p>",
        "alto": f'<?xml version="1.0"?><alto>{text}</alto>',
        "csv": "page,line,text\r\n" + "".join(f"1,{n},{line}\r\n" for n, line in enumerate(lines)),
        "pdf": f"%PDF-1.7\n% {text}",
    }
    return KINDS[name], written[name].encode()
