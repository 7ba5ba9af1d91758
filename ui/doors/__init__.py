"""The ways in beside the page; imported only by the server, as FastAPI is slow to import."""
