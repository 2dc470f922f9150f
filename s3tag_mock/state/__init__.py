"""What the fake remembers: plain classes without rules and without protocol."""
