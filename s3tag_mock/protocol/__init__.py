"""Bytes to dicts in boto3's shape and back, driven by botocore's service models.

Knows REST-XML and Query, addresses, digests and error documents; knows nothing of what S3 allows
or remembers. Used by the hook alone; operations never see it.
"""
