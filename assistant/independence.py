"""One voice a story: an answer must not take two copies of one dispatch for two sources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.archive import Archive
from ingest.copies import share_held
from ingest.ledger import KeptPassage
from ingest.scope import Scope
from ingest.stories import Copy

_SAME_WORDS = 0.8  # of a passage, for the original to be quoted in the place of a copy


@dataclass(frozen=True, slots=True)
class Voices:
    """Which passages speak, and the stories of their articles."""

    passages: Mapping[int, int]  # a passage found, and the one to quote for it
    stories: Mapping[int, tuple[Copy, ...]]  # by an article's number

    def copies(self, article: int) -> tuple[Copy, ...]:
        """The other articles of its story."""
        return tuple(copy for copy in self.stories.get(article, ()) if copy.number != article)


def tell_apart(found: Iterable[int], scope: Scope, archive: Archive) -> Voices:
    """Keep one article of a story among passages ranked best first, and none under embargo.

    The original speaks for its copies, unless it lacks the words that were found or lies
    outside the scope.
    """
    now = archive.clock()
    numbers = list(found)
    kept = archive.ledger.passages(numbers)
    silent = archive.ledger.embargoed({passage.article for passage in kept.values()}, now)
    heard = [kept[n] for n in numbers if n in kept and kept[n].article not in silent]
    stories = archive.ledger.copies_of({passage.article for passage in heard}, now)
    chosen: dict[int, int] = {}
    speakers: dict[int, int] = {}  # of each story, by its original
    for passage in heard:
        story = stories.get(passage.article)
        quoted = passage
        if story and story[0].number not in speakers:
            quoted = _in_original(passage, story[0].number, scope, archive)
            speakers[story[0].number] = quoted.article
        if not story or speakers[story[0].number] == quoted.article:
            chosen[passage.number] = quoted.number
    return Voices(chosen, stories)


def _in_original(
    passage: KeptPassage, original: int, scope: Scope, archive: Archive
) -> KeptPassage:
    """The original's passage with the same words, or the passage itself."""
    if passage.article == original:
        return passage
    articles = archive.ledger.articles({passage.article, original})
    if not scope.holds(articles[original]):
        return passage
    words, text = _words(passage, articles[passage.article].text), articles[original].text
    there = [each for each, _ in archive.ledger.passages_with_vectors([original], archive.known)]
    if not there or share_held(words, text) < _SAME_WORDS:
        return passage
    return max(there, key=lambda each: share_held(words, _words(each, text)))


def _words(passage: KeptPassage, text: str) -> str:
    return text[passage.passage.start : passage.passage.end]
