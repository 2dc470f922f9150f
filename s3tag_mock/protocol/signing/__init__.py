"""Signatures of requests that no client sent itself: read, checked, compared.

AWS's own algorithms, written after its documentation and not after botocore's signers, so that both
sides don't share a mistake.
"""
