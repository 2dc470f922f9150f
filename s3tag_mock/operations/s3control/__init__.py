"""The operations of Amazon S3 Control, one file per subject."""
