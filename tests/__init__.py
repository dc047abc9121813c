"""Everything that judges the product."""
