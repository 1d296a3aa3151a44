"""A Zalo Official Account: signed webhook in, a few buttons, and windows in which one may write."""
