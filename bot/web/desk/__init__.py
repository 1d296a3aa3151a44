"""The desk: pages for officers who sit at a computer; what is done there is done as in the chat."""
