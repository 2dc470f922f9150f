"""What AWS's operations mean: one plain function each, from parameters to result, a folder a service."""
