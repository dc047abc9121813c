"""The result tree as plain text: a line a line, an empty line between blocks and pages."""

from wenyun.result import Block, Document


def document_text(document: Document) -> str:
    """All lines in reading order; ends with a newline unless nothing was read."""
    blocks = [block for page in document.pages for block in page.blocks if block.lines]
    return "\n\n".join(_block(block) for block in blocks) + ("\n" if blocks else "")


def _block(block: Block) -> str:
    return "\n".join(line.text for line in block.lines)
