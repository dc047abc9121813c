"""Accept at once, read later, lose nothing: the life of a job in steps that may be repeated."""
