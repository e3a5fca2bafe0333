"""Notebooks as their authors write them: parameters, cells, what they hand over, and what is wrong with them."""
