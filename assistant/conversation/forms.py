"""A question that asks for a timeline or a briefing, and the topic it names."""

import re
from typing import Literal, NamedTuple

Form = Literal["timeline", "briefing"]

_WISH = r"(?:(?:please|can you|could you|peux-tu|pouvez-vous)\s+)?"
_MAKE = (
    r"(?:(?:give|show|make|draw up|write|donne|montre|fais|dresse|dressez|donnez|faites|établis)"
    r"(?:[ -](?:me|us|moi|nous))?\s+)?"
)
_OF = r"\s*(?:of|for|on|about|de la|de l['’]|des?|du|d['’]|sur(?: la| le| les| l['’])?|:)\s*"
_ARTICLE = r"(?:(?:a|an|the|une?|la|le|l['’])\s*)?"
_FORMS: dict[Form, str] = {
    "timeline": r"(?:short |brief )?(?:timeline|chronology|chronologie|frise chronologique)",
    "briefing": r"(?:short )?(?:briefing|brief me|note de synthèse|synthèse|point(?= sur))",
}
_BEFORE = {
    form: re.compile(rf"{_WISH}{_MAKE}{_ARTICLE}{named}{_OF}(?:the )?(?P<topic>.+?)[\s?.!]*", re.I)
    for form, named in _FORMS.items()
}
_AFTER = {
    form: re.compile(rf"(?P<topic>.+?)\s?:\s+{_MAKE}{_ARTICLE}{named}[\s?.!]*", re.I)
    for form, named in _FORMS.items()
}
_ALONE = re.compile(rf"{_WISH}{_MAKE}{_ARTICLE}(?:{'|'.join(_FORMS.values())})[\s?.!]*", re.I)


class Asked(NamedTuple):
    """A form that a question asks for, and about what."""

    form: Form
    topic: str


def asked_form(question: str) -> Asked | None:
    """What "timeline of the talks" and « chronologie : la grève » ask for; None for others."""
    for form in _FORMS:
        for pattern in (_BEFORE[form], _AFTER[form]):
            if match := pattern.fullmatch(question.strip()):
                return Asked(form, match["topic"].strip())
    return None


def names_form_alone(question: str) -> bool:
    """Whether it asks for a form and says no topic: "Timeline", « une chronologie ? »."""
    return _ALONE.fullmatch(question.strip()) is not None
