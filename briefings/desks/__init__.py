"""What the author of a notebook sees of one region and one period, and the words sections are made of."""
