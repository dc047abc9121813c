"""From a recogniser's probabilities to a line, with what is known beside them."""
