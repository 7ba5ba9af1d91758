"""Newsletters as e-mail: the message is the article, what is attached is read by its kind."""

import email
import email.errors
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr

from ingest.articles import Rejection
from ingest.cleaning import clean_line
from ingest.decoding import decode
from ingest.readers.documents import Document
from ingest.readers.markup import text_of_html
from ingest.readers.records import Record, language_code

_UNREADABLE = (LookupError, ValueError, AttributeError, TypeError, email.errors.MessageError)


def read_mail(document: Document) -> Iterator[Record | Rejection]:
    """The article of a message."""
    message = _parse(document)
    text = _text(message)
    if not text:
        yield Rejection(document.source, "is a message without text")
        return
    name, address = parseaddr(_header(message, "from"))
    yield Record(
        text=text,
        id=_header(message, "message-id").strip("<> "),
        title=_header(message, "subject"),
        published=_header(message, "date"),
        language=language_code(_header(message, "content-language")),
        outlet=name or address,
        source=document.source,
    )


def find_attachments(document: Document) -> Iterator[Document]:
    """What is attached to a message, each part a document."""
    for part in _parse(document).walk():
        name = _filename(part)
        if name and part.get_content_disposition() == "attachment" and not part.is_multipart():
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield Document(f"{document.source}!{clean_line(name)}", name, content)


def _parse(document: Document) -> EmailMessage:
    return email.message_from_bytes(document.content, policy=email.policy.default)


def _filename(part: EmailMessage) -> str:
    try:
        return part.get_filename() or ""
    except _UNREADABLE:
        return ""


def _header(message: EmailMessage, name: str) -> str:
    try:
        return clean_line(str(message[name] or ""))
    except _UNREADABLE:  # a header that no standard allows
        return ""


def _text(message: EmailMessage) -> str:
    """The words of a message: its HTML, which newsletters are made of, else its plain part."""
    bodies = [message.get_body((kind,)) for kind in ("html", "plain")]
    texts = [_part_text(body) for body in bodies if body is not None]
    return next((text for text in texts if text), "")


def _part_text(part: MIMEPart) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    text = decode(content, part.get_content_charset() or "").text
    return text_of_html(text) if part.get_content_type() == "text/html" else text.strip()
