"""Runs notebooks: kernels warm or cold, bounded, and ended whole."""
