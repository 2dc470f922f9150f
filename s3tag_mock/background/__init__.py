"""What S3 does by itself as time passes: inventories, lifecycle rules, restores that are ready or over."""
