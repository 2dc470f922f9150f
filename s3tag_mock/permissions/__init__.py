"""Who may do what: policies as AWS reads, validates and evaluates them, without any state."""
