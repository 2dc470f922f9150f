"""What happens to every call besides its own operation."""
