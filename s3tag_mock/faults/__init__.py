"""Failures on demand: which errors there are, and how they reach a call."""
