"""Writes the manual out of the code, and builds it."""
