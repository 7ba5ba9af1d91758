"""The words said to a language model, one prompt a file."""
