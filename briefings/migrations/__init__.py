"""Changes of the store's tables, oldest first; each file is history and is never edited."""
