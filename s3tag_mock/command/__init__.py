"""The command ``s3tag-mock``: the mock on its own, for every language."""
