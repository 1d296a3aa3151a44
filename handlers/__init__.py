"""What an intent or a finished form does: rows, and messages to people."""
