"""Random sequences of calls: made from a seed, run in a mock each, checked, made small when they fail.

``python -m tools.fuzz --calls 1000000`` runs as many as wanted; ``tests/properties`` runs some in every run
of the tests.
"""
