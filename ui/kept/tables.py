"""The tables of what readers asked, beside those of the ledger."""

from sqlalchemy import Column, DateTime, ForeignKey, Integer, MetaData, String, Table, Text

metadata = MetaData()

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(22), primary_key=True),  # cannot be guessed
    Column("reader", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("touched", DateTime(timezone=True), nullable=False, index=True),
)

exchanges = Table(
    "exchanges",
    metadata,
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("turn", Integer, primary_key=True, autoincrement=False),  # from 1
    Column("written", Text, nullable=False),  # JSON, articles by reference
)
