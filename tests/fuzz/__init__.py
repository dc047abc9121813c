"""Damaged files and requests, drawn from a seed, and a child process that has to bear them."""
