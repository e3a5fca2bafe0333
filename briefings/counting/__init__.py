"""Who is counted in a sentence, and what it says became of them."""
