"""Bytes to pages: what a file is, and its pictures as arrays."""
