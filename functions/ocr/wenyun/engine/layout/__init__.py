"""Lines to a page: its turn, reading order, paragraphs, tables."""
