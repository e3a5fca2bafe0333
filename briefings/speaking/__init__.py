"""Who speaks in a sentence, and how far their word reaches."""
