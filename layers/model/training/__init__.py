"""How our own recognisers are trained: lines drawn with their text, read beside a published reader.

Nothing here is part of the product at run time; `make train-setup` makes an environment for it.
"""
