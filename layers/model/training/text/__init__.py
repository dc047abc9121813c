"""The text that training lines carry."""
