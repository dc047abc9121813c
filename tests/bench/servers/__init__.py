"""Small servers around peers that bring none."""
