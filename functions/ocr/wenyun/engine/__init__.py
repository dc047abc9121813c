"""A page's picture to its lines of text. Knows neither HTTP nor AWS."""
