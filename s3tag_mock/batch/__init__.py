"""S3 Batch Operations jobs that really run: manifest in, tasks done, report out."""
