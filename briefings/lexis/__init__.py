"""The words of the field, and the cutting of a report into sentences, numbers, people and outcomes."""
