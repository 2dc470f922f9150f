"""Failures on demand: which errors there are, and how they hit a call."""
