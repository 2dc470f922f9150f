"""What is kept from one mock to the next, to save time and nothing else."""
