"""The reading room around the chat: conversations, filters, whole articles, plain search."""
