"""A brief made: planned, composed, fitted, printed and filed; one, or many at once."""
