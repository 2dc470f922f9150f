"""What a mock remembers, and what it costs."""
