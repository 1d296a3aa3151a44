"""What producers and their helpers can do."""
