"""How the reader in the box was trained."""
