"""Editions reviewed, approved, sent, followed up, verified."""
