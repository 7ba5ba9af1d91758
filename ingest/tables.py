"""The tables of the ledger."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    and_,
)

from ingest.columns import Words

# The last revision in ingest/schema/versions: whoever changes a table adds one and counts on.
SCHEMA = "1"
ARCHIVE = "archive"  # the fact that names an archive among others

metadata = MetaData()

revisions = Table(  # as Alembic makes it
    "alembic_version",
    metadata,
    Column("version_num", String(32), primary_key=True),
)

facts = Table(
    "facts",
    metadata,
    Column("name", Words, primary_key=True),
    Column("value", Words, nullable=False),
)

encoders = Table(
    "encoders",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("fingerprint", Words(64), nullable=False, unique=True),
    Column("name", Words, nullable=False),
    Column("dimension", Integer, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    Column("version", Integer, nullable=False),  # the number of its last version
)

versions = Table(
    "versions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("article", ForeignKey("articles.number"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),  # 1 is the first that was seen
    Column("given", Words, nullable=False),  # the id it came with; the first one stays
    Column("fingerprint", Words(64), nullable=False),
    Column("seen", DateTime(timezone=True), nullable=False),
    Column("text", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("title_printed", Boolean, nullable=False),
    Column("language", Words(8), nullable=False),
    Column("published", Words(40)),  # ISO 8601 of the precision its source gives
    Column("updated", Words(40)),
    Column("outlet", Words, nullable=False),
    Column("byline", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("kind", Words(16), nullable=False),
    Column("status", Words(16), nullable=False),
    Column("source", Words, nullable=False),
    Column("section", Words, nullable=False),
    Column("agency", Words, nullable=False),
    Column("note", Words, nullable=False),
    Column("embargo", Words(40)),
    Column("keywords", Words, nullable=False),
    Column("usage", Words, nullable=False),
    Column("remarks", Words, nullable=False),
    # Hashed on PostgreSQL: its other indexes take no more than 2,704 bytes.
    Index("ix_versions_given", "given", postgresql_using="hash"),
    Index("ix_versions_url", "url", postgresql_using="hash"),
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
    Column("language", Words(8), nullable=False),
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
    Column("source", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("seen", DateTime(timezone=True), nullable=False),
    UniqueConstraint("source").ddl_if(dialect="sqlite"),
    Index("ix_rejections_source", "source", postgresql_using="hash").ddl_if(dialect="postgresql"),
)
