"""Pages of text drawn from a seed, with the exact truth of every line."""
