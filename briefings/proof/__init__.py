"""Holds every numeral and tag of a page and of its PDF to the brief they tell."""
