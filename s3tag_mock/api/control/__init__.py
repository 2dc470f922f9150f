"""The control API: what tests do through the handle, over HTTP and in JSON, for tests in other languages."""
