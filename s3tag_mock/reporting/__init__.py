"""What a mock's run looked like, for a failed test's report and for the page of a whole test run."""
