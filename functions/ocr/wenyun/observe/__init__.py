"""What the house tells of its work: logs, and metrics in the two forms that collectors read."""
