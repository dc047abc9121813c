"""The character n-grams that the decoder knows: counted, thinned out, written small."""
