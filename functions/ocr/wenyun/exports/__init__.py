"""The result tree in the forms that people take away."""
