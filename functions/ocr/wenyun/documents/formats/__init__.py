"""One module a picture format, each with `open_source(data, limits) -> Source`."""
