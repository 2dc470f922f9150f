"""Programs that write parts of the documents."""
