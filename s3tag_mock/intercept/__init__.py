"""How a call is caught, and nothing else: into botocore while a mock is active, out again after."""
