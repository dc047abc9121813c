"""What reading costs on AWS: prices, the bill of a million pages, and measuring at a CPU share."""
