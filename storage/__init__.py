"""Tables, each beside every query on it; functions take an open transaction, never commit."""
