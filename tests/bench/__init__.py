"""The two instruments: how well pages are read, and how fast, beside the peers."""
