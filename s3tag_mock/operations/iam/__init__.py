"""IAM: roles, users, groups, their policies and keys."""
