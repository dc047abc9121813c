"""The model layer at run time: its manifest, and one session a model."""
