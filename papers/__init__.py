"""Photos of papers: opened, judged, laid flat, cleaned and read; nothing here knows a chat."""
