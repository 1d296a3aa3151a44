"""Printed documents: from typed data to the bytes of a PDF. No chat, no database, no network."""
