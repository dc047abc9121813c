"""Events that are not HTTP: objects that arrive in a bucket, alone or inside a queue."""
