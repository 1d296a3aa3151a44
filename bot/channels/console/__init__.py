"""The console channel: transcripts played and printed without a network."""
