"""Ratios against moto and against botocore alone, each taken in one run: ``python -m benchmarks``."""
