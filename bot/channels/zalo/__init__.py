"""The Zalo Bot Platform: plain text and pictures in, plain text out, no buttons."""
