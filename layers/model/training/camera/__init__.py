"""What paper, light, lens and file do to a line before it is read."""
