"""Where objects come from and go to, behind small protocols."""
