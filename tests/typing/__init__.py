"""Code as users write it, for mypy to check: with boto3-stubs, nothing here may be an error."""
