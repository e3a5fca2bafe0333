"""Parses, calls one function of a part below, prints."""
