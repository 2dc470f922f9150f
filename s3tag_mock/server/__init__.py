"""The mock over HTTP, for other processes and other languages: one more way in, on the same world."""
