"""The searchable PDF: the page as it was, and over it text that nobody sees and everybody finds."""
