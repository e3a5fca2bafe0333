"""Of which days, and which hours, a sentence speaks."""
