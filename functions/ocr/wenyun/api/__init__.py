"""The HTTP edge: requests in, answers of the contract out."""
