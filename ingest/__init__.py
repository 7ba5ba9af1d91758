"""Turns articles into an archive: reads, cuts into passages, encodes, keeps and indexes them."""
