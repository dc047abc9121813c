"""What the tests of the cloud side share: events, a runtime to hand them out, S3 to write to."""
