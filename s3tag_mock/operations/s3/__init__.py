"""The operations of Amazon S3, one file per subject."""
