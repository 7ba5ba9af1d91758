"""How fast ingest and retrieval are beside the usual way, measured in one run."""
