"""Whether two claims differ, and whether that is a disagreement, an update or a rounding."""

import re
from collections.abc import Iterator

from assistant.answer import Difference, Value
from assistant.checks.figures import Figure, rounds, same_figure
from assistant.checks.moments import Moment
from assistant.checks.naming import names_written
from assistant.checks.negation import count_denials
from assistant.disagreement.claims import Claim, Pair, thing
from assistant.frames import put_in_quotes, say_figure
from assistant.names import fold
from assistant.query import Language

_SAME_MATTER = 0.45  # cosine of two sentences that may tell of one thing
_ONE_ANSWER = 0.3  # cosine of two that both give the number asked for
_SAME_WORDS = 0.62  # cosine of two that may deny each other
_SAME_THING = 0.6  # cosine of what two figures count
_UPDATES = re.compile(
    r"\b(?:ris(?:es|en|ing)|rose|now|new (?:toll|count|figure|total)|updated?|revis\w+|since then"
    r"|has (?:grown|climbed|fallen|reached)|climb(?:s|ed)|up from|down from|so far|latest|further"
    r"|désormais|nouveau bilan|nouveau décompte|s['’]alourdit|s['’]élève maintenant|atteint"
    r"|passe de|passé de|porté à|portant à|revu\w*|actualis\w+|dernier bilan|depuis lors|à présent"
    r"|maintenant|corrig\w+|corrected|correction|monté à|est passé)\b",
    re.IGNORECASE,
)
# A sentence that asks, or says what would be if, states nothing that another could deny.
_WONDERS = re.compile(
    r"\?[\s»”\"’']*$|\b(?:if|whether|unless|si|s['’]ils?|à moins)\b", re.IGNORECASE
)


def find_difference(pair: Pair, language: Language) -> Difference | None:
    """What two claims about one thing differ in; None where they agree, or only round."""
    same_matter = pair.likeness >= _SAME_MATTER and _share_a_subject(pair)
    figures = next(_differing(pair, only_asked=not same_matter), None)
    said: tuple[str, ...]
    if figures:
        said = (say_figure(figures[0], language), say_figure(figures[1], language))
    elif same_matter and _deny_each_other(pair):
        claims = (pair.one, pair.other)
        said = tuple(put_in_quotes(each.text, each.article.language) for each in claims)
    else:
        return None
    numbers = (pair.one.citation, pair.other.citation)
    return Difference(tuple(map(Value, said, numbers)), _is_update(pair))


def _differing(pair: Pair, *, only_asked: bool) -> Iterator[tuple[Figure, Figure]]:
    """Figures for the same quantity of which neither is in the other claim.

    Two sentences that tell of other things differ at most in the number that is asked for.
    """
    if not _same_days(pair):
        return
    same = _both_asked_for if only_asked else _count_the_same
    for one in pair.one.facts.figures:
        for other in pair.other.facts.figures:
            if same(one, other, pair) and not _agree(one, other, pair):
                yield one, other


def _both_asked_for(one: Figure, other: Figure, pair: Pair) -> bool:
    asked = {thing(one), thing(other)} <= pair.asked
    return asked and one.unit == other.unit and pair.likeness >= _ONE_ANSWER


def _count_the_same(one: Figure, other: Figure, pair: Pair) -> bool:
    if one.unit != other.unit or "rank" in (one.unit, other.unit):
        return False
    things = thing(one), thing(other)
    if not all(things):
        return bool(one.unit) or things == ("", "")
    return pair.things[things] >= _SAME_THING or _stems(things[0]) & _stems(things[1]) != set()


def _agree(one: Figure, other: Figure, pair: Pair) -> bool:
    """Whether the two are one figure, a rounding, or both in one of the claims."""
    if any(same_figure(one, each) for each in pair.other.facts.figures):
        return True
    if any(same_figure(other, each) for each in pair.one.facts.figures):
        return True
    return rounds(one, other) or rounds(other, one)


def _same_days(pair: Pair) -> bool:
    """Whether the two may speak of one day: none is named, or one in common."""
    days = [
        {moment for moment in claim.facts.moments if moment.day and not _is_own(moment, claim)}
        for claim in (pair.one, pair.other)
    ]
    return not all(days) or not days[0].isdisjoint(days[1])


def _is_own(moment: Moment, claim: Claim) -> bool:
    """Whether a day is only that of the publication."""
    published = claim.article.published
    return published is not None and moment.as_day == published.first_day


def _share_a_subject(pair: Pair) -> bool:
    """Whether the two name somebody or something in common, or are nearly the same sentence."""
    names = [
        {word for name in names_written(claim.text) for word in name.words}
        for claim in (pair.one, pair.other)
    ]
    if all(names):
        return any(word[:4] in {other[:4] for other in names[1]} for word in names[0])
    return pair.likeness >= _SAME_WORDS


def _deny_each_other(pair: Pair) -> bool:
    wonders = any(_WONDERS.search(claim.text) for claim in (pair.one, pair.other))
    if wonders or pair.likeness < _SAME_WORDS:
        return False
    denials = [
        count_denials(claim.text, claim.article.language) % 2 for claim in (pair.one, pair.other)
    ]
    return denials[0] != denials[1]


def _is_update(pair: Pair) -> bool:
    """Whether the later claim goes on from the earlier: one outlet, or words that say so."""
    one, other = pair.one.article, pair.other.article
    if one.outlet and one.outlet.casefold() == other.outlet.casefold():
        return True
    if one.published is None or other.published is None:
        return False
    dated = sorted((pair.one, pair.other), key=lambda claim: str(claim.article.published))
    return _UPDATES.search(dated[1].text) is not None


def _stems(words: str) -> set[str]:
    return {fold(word)[:5] for word in words.split()}
