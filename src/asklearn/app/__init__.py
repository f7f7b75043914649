"""The composition root: terminal, server, worker and page. May import every room."""
