"""Channels, and every message handed to them once."""
