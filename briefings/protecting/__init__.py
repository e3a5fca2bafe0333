"""Readers' copies: signed, opened by a password, marked by name."""
