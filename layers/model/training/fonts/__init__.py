"""The fonts that training lines are drawn with."""
