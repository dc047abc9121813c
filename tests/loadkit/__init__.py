"""Servers under load: started, watched, and sent everything that clients may send."""
