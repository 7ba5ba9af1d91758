"""Shows the answer: terminal, page, doors."""
