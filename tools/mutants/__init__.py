"""Would a test fail if a line were otherwise? ``python -m tools.mutants s3tag_mock/rules``."""
