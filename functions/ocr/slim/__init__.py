"""Takes out of the image's packages what the product never uses: `python3 -m slim`."""
