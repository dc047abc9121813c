"""Picture files made by hand: what Pillow cannot write, and what nobody should send."""
