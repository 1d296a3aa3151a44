"""What officers can do."""
