"""Pages with tables whose every cell is known."""
