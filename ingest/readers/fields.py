"""What sources call the fields of an article, and how a user tells us where they don't."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_SYNONYMS = {
    "text": "body content texte contenu article corps content_text",
    "id": "guid identifier identifiant",
    "title": "headline titre name",
    "published": "date pubdate published_at date_publication publication_date date_published",
    "updated": "modified updated_at date_modified lastmod mis_a_jour",
    "language": "lang langue",
    "outlet": "journal newspaper publication publisher média media site",
    "byline": "author authors auteur auteurs signature",
    "url": "link lien permalink",
    "section": "rubrique category categories catégorie",
    "keywords": "tags tag keyword mots-clés mots_clés",
    **dict.fromkeys("kind status agency note embargo usage".split(), ""),
}  # fmt: skip
FIELDS = tuple(_SYNONYMS)
FIELD_OF = {name: each for each, names in _SYNONYMS.items() for name in [each, *names.split()]}


class FieldMapError(ValueError):
    """A field map that says nothing, with the reason."""


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What a reader is told of sources that don't name their fields as we do."""

    fields: Mapping[str, str] = field(default_factory=dict)  # our name of a field: the source's


AS_NAMED = ReadingOptions()


def read_field_map(said: str) -> dict[str, str]:
    """The map in `title=headline,text=content.body`; raise FieldMapError for anything else."""
    return dict(_read_pair(pair) for pair in said.split(",") if pair.strip())


def check_field_map(fields: Mapping[str, str]) -> Mapping[str, str]:
    """The same map; raise FieldMapError for a field that no article has."""
    for ours in fields:
        if ours not in FIELDS:
            raise FieldMapError(f"an article has no field {ours!r}, it has {', '.join(FIELDS)}")
    return fields


def _read_pair(pair: str) -> tuple[str, str]:
    ours, _, theirs = (part.strip() for part in pair.partition("="))
    if not (ours and theirs):
        raise FieldMapError(f"{pair.strip()!r} is no pair such as title=headline")
    return ours, theirs


def name_fields(values: Mapping[str, Any], options: ReadingOptions) -> dict[str, Any]:
    """Fields under our names: as the options map them, as we call them, as others do."""
    named: dict[str, Any] = {}
    for name, value in values.items():
        ours = FIELD_OF.get(name.strip().lower().replace(" ", "_"))
        if ours == name or (ours and ours not in values and _is_words(value)):
            named.setdefault(ours, value)
    mapped = {ours: _dig(values, path) for ours, path in options.fields.items()}
    return named | {name: value for name, value in mapped.items() if value is not None}


def _is_words(value: object) -> bool:
    parts = value if isinstance(value, list) else [value]
    return all(isinstance(part, str) for part in parts)


def _dig(values: Any, path: str) -> Any:
    """The value at `content.headline`, or under a name that holds full stops itself."""
    if path in values:
        return values[path]
    for part in path.split("."):
        values = values.get(part) if isinstance(values, dict) else None
    return values
