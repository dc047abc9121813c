"""Fits how likely a line is right to how sure its reader is; run as `python -m calibration`."""
