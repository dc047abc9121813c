"""Tables: lines that stand in rows and columns."""
