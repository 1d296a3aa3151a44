"""Hands: child processes that open strangers' files within bounds; nothing here knows what for."""
