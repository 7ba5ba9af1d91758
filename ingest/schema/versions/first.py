"""The tables as they were when revisions began; archives from before are stamped with it."""

import sqlalchemy as sa
from alembic import op

from ingest.columns import Words

revision = "1"
down_revision = None


def upgrade() -> None:
    """Make every table of a ledger."""
    _make_articles()
    _make_stories()
    _make_passages()
    _make_lists()


def _number(name: str = "number") -> "sa.Column[int]":
    return sa.Column(name, sa.Integer, primary_key=True)


def _words(name: str, length: int | None = None, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, Words(length), nullable=nullable)


def _make_articles() -> None:
    op.create_table("articles", _number(), sa.Column("id", Words, nullable=False, unique=True),
                    sa.Column("version", sa.Integer, nullable=False))  # fmt: skip
    op.create_table(
        "versions",
        _number(),
        sa.Column("article", sa.Integer, sa.ForeignKey("articles.number"), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        _words("given"),
        _words("fingerprint", 64),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
        *map(_words, ("text", "title")),
        sa.Column("title_printed", sa.Boolean, nullable=False),
        _words("language", 8),
        _words("published", 40, nullable=True),
        _words("updated", 40, nullable=True),
        *map(_words, ("outlet", "byline", "url")),
        _words("kind", 16),
        _words("status", 16),
        *map(_words, ("source", "section", "agency", "note")),
        _words("embargo", 40, nullable=True),
        *map(_words, ("keywords", "usage", "remarks")),
    )
    op.create_index("ix_versions_article", "versions", ["article"])
    op.create_index("ix_versions_given", "versions", ["given"], postgresql_using="hash")
    op.create_index("ix_versions_url", "versions", ["url"], postgresql_using="hash")


def _make_stories() -> None:
    article = sa.ForeignKey("articles.number", ondelete="CASCADE")
    op.create_table("stories", sa.Column("article", sa.Integer, article, primary_key=True),
                    sa.Column("story", sa.Integer, nullable=False), _words("language", 8),
                    sa.Column("signature", sa.LargeBinary, nullable=False))  # fmt: skip
    op.create_index("ix_stories_story", "stories", ["story"])
    op.create_table("bands", _key("band", sa.BigInteger), _key("article"), sqlite_with_rowid=False)
    op.create_table("copies", _key("article"), _key("other"), sqlite_with_rowid=False)


def _key(name: str, kind: type[sa.Integer] = sa.Integer) -> "sa.Column[int]":
    return sa.Column(name, kind, primary_key=True, autoincrement=False)


def _make_passages() -> None:
    op.create_table("encoders", _number(),
                    sa.Column("fingerprint", Words(64), nullable=False, unique=True),
                    _words("name"), sa.Column("dimension", sa.Integer, nullable=False))  # fmt: skip
    article = sa.ForeignKey("articles.number")
    op.create_table("passages", _number(),
                    sa.Column("article", sa.Integer, article, nullable=False),
                    sa.Column("start", sa.Integer, nullable=False),
                    sa.Column("end", sa.Integer, nullable=False),
                    sqlite_autoincrement=True)  # fmt: skip
    op.create_index("ix_passages_article", "passages", ["article"])
    passage = sa.ForeignKey("passages.number", ondelete="CASCADE")
    op.create_table(
        "vectors",
        sa.Column("passage", sa.Integer, passage, primary_key=True),
        sa.Column("encoder", sa.Integer, sa.ForeignKey("encoders.number"), primary_key=True),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )


def _make_lists() -> None:
    op.create_table("facts", sa.Column("name", Words, primary_key=True), _words("value"))
    op.create_table("changes", _number("sequence"),
                    sa.Column("article", sa.Integer, nullable=False),
                    sqlite_autoincrement=True)  # fmt: skip
    unique = op.get_bind().dialect.name == "sqlite"
    op.create_table("rejections", _number(),
                    sa.Column("source", Words, nullable=False, unique=unique), _words("reason"),
                    sa.Column("seen", sa.DateTime(timezone=True), nullable=False))  # fmt: skip
    if not unique:
        op.create_index("ix_rejections_source", "rejections", ["source"], postgresql_using="hash")
