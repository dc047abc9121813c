"""Programs that drive one reader each. They import nothing but the reader and the standard library,
so that they also run in a peer's own environment.
"""
