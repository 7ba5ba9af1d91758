"""How the encoder in the box was made: `python -m ingest.encoder.training --help`."""
