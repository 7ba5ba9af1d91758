"""Text in a column, the same on SQLite and PostgreSQL."""

from typing import Any

from sqlalchemy import Dialect, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine


class Words(TypeDecorator[str]):
    """Text that is compared byte by byte, as SQLite does, whatever a server's locale."""

    impl = Text
    cache_ok = True

    def __init__(self, length: int | None = None) -> None:
        super().__init__()
        self.length = length

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """PostgreSQL's own text, without a length; elsewhere what it always was."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Text(collation="C"))
        return dialect.type_descriptor(String(self.length) if self.length else Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """PostgreSQL takes no NUL: the sign for a character that is none stands for it."""
        if value is None or dialect.name != "postgresql":
            return value
        return value.replace("\0", "\ufffd")
