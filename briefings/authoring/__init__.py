"""Notebook templates edited: begun, checked, previewed, rehearsed; and workspaces laid out."""
