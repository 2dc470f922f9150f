"""The events of S3 and of jobs: as AWS writes them, and delivered to whoever is named for them."""
