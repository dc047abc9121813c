"""A million queued pages on paper: how fast they are read, how old they get, what it costs."""
