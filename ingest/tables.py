"""The tables of the ledger."""

from sqlalchemy import (
    BigInteger,
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
    and_,
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
    Column("given", Text, nullable=False, index=True),  # the id it came with; the first one stays
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
    Column("url", Text, nullable=False, index=True),
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

# An article and its last version; an index leads from either to the other.
is_last = and_(articles.c.version == versions.c.number, articles.c.number == versions.c.article)

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

stories = Table(  # of the last versions that answers may rest on
    "stories",
    metadata,
    Column("article", ForeignKey("articles.number", ondelete="CASCADE"), primary_key=True),
    Column("story", Integer, nullable=False, index=True),  # the same for all copies of one
    Column("language", String(8), nullable=False),
    Column("signature", LargeBinary, nullable=False),  # MinHash, uint32, little-endian
)

bands = Table(  # of the signatures: likely copies have one in common
    "bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("article", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,  # the key is all there is
)

copies = Table(  # pairs found to be copies word by word, each in both directions
    "copies",
    metadata,
    Column("article", Integer, primary_key=True, autoincrement=False),
    Column("other", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
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
