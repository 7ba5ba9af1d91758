"""Who is asking: found from a request, or the request goes no further."""

from ui.identity.reader import Reader, reader_of

__all__ = ["Reader", "reader_of"]
