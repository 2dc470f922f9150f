"""What tests are written against: the mock, its handle, the pytest fixture's parts."""
