"""Documents and PDFs for tests of the exports, and other programs that read them."""
