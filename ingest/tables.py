"""The tables of the ledger."""

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

SCHEMA = "1"  # what an archive was made with; another one is refused, not guessed at

metadata = MetaData()

facts = Table(
    "facts",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)

encoders = Table(
    "encoders",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("fingerprint", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("dimension", Integer, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("version", Integer, nullable=False),  # the number of its last version
)

versions = Table(
    "versions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("article", ForeignKey("articles.number"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),  # 1 is the first that was seen
    Column("fingerprint", String(64), nullable=False),
    Column("seen", DateTime(timezone=True), nullable=False),
    Column("text", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("title_printed", Boolean, nullable=False),
    Column("language", String(8), nullable=False),
    Column("published", String(40)),  # ISO 8601 of the precision its source gives
    Column("updated", String(40)),
    Column("outlet", Text, nullable=False),
    Column("byline", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("source", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("agency", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("embargo", String(40)),
    Column("keywords", Text, nullable=False),
    Column("usage", Text, nullable=False),
    Column("remarks", Text, nullable=False),
)

passages = Table(  # of the last versions only
    "passages",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("article", ForeignKey("articles.number"), nullable=False, index=True),
    Column("start", Integer, nullable=False),  # characters into the text
    Column("end", Integer, nullable=False),
    sqlite_autoincrement=True,  # a number is never given twice: an index may still hold the old one
)

vectors = Table(
    "vectors",
    metadata,
    Column("passage", ForeignKey("passages.number", ondelete="CASCADE"), primary_key=True),
    Column("encoder", ForeignKey("encoders.number"), primary_key=True),
    Column("vector", LargeBinary, nullable=False),  # float16, little-endian, of length 1
)

changes = Table(  # what an index has to follow
    "changes",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("article", Integer, nullable=False),
    sqlite_autoincrement=True,
)

rejections = Table(
    "rejections",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("source", Text, nullable=False, unique=True),
    Column("reason", Text, nullable=False),
    Column("seen", DateTime(timezone=True), nullable=False),
)
