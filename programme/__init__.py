"""The OCOP programme itself: rule sets as data, and what follows from them. Pure."""
