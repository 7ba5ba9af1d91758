"""Conversations of readers, kept in the ledger's database beside the articles."""

from ui.kept.conversations import Conversations, Listed, open_conversations

__all__ = ["Conversations", "Listed", "open_conversations"]
