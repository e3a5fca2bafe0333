"""What a notebook cell may hand over, and how words, days and counts read in print."""
