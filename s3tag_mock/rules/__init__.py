"""What AWS allows: data and pure checks. Knows neither state nor protocol."""
