"""Which place on earth a name in a report means, and which places a sentence ties to what it tells."""
