"""The closed classes of English and French: what is left of a question is what it is about."""

import re
from dataclasses import dataclass
from functools import cache

from assistant.names import fold

_INVERTED = r"-(?:t-)?(?:ils?|elles?|on|ce|je|tu|nous|vous|lui|leur|ci|là)\b"
_WORD = re.compile(
    r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?"
    r"|\b(?:[ldnmtscj]|qu|jusqu|lorsqu|puisqu)['’]|['’]s\b"
    rf"|{_INVERTED}|[^\W\d_]+(?:(?!{_INVERTED})-[^\W\d_]+)*",
    re.IGNORECASE,
)

LINKS = frozenset("of de d du des the la le les l".split())
LOCATIVES = frozenset("in at near from to across around inside au aux en dans".split())
# Verbs after which English puts the subject, and then the bare verb.
MODALS = frozenset("do does did will would can could should must may might shall".split())
DETERMINERS = frozenset(
    "the a an his her its their our your my some any each every whose l la le les un une des du au"
    " aux ce cet cette ces son sa ses leur leurs mon ma mes notre nos votre vos".split()
)
PREPOSITIONS = LOCATIVES | frozenset(
    "of on for by with about against between after before during over under into since until"
    " through towards without within than as per via de d des du a sur sous par pour avec sans"
    " contre entre apres avant pendant chez vers depuis jusqu selon envers malgre parmi".split()
)
QUESTIONS = frozenset(
    "what which who whom whose when where why how quoi que qu qui quel quelle quels quelles quand"
    " ou comment combien pourquoi lequel laquelle lesquels lesquelles".split()
)
PERSONS = frozenset("he she him her his hers lui il elle celui-ci celle-ci".split())
THINGS = frozenset(
    "it they them its their theirs this that these those ils elles eux leur leurs ca cela ceci"
    " celui celle ceux celles".split()
)
DEMONSTRATIVES = frozenset("this that these those ce cet cette ces".split())
AUXILIARIES = MODALS | frozenset(
    "is are was were be been being has have had having am going est sont etait etaient sera seront"
    " serait ont avait avaient aura va vont ete etre avoir doit doivent peut peuvent faut".split()
)
_LIGHT = frozenset(  # verbs that say how a question is put
    "say says said saying tell tells told think thinks thought happen happens happened know known"
    " mean means meant give gave done go goes went get got make made show dire dit disait declare"
    " declarer passe passer pense penser repondu repond sait savoir donne fait faire ajoute parle"
    " took take takes place eu lieu".split()
)
_OTHER = frozenset(
    "and or but so if not no yes also too then there here still again more most other others else"
    " just only please thanks ok okay well now really exactly much many long often far old like up"
    " out because et mais donc si ne n pas non oui aussi encore plus moins autre autres puis alors"
    " merci svp plait vraiment exactement y s c m t j ci la i you we us me je tu vous nous on se te"
    " moi toi est-ce".split()
)
_CLOSED = frozenset().union(
    DETERMINERS, PREPOSITIONS, QUESTIONS, PERSONS, THINGS, DEMONSTRATIVES, AUXILIARIES, _LIGHT,
    _OTHER,
)  # fmt: skip
_ENGLISH = frozenset(
    "the what which who when where why how and about is are was were does did do has have will"
    " would of him her she he they them it that this those these yes tell please many much".split()
)
_FRENCH = frozenset(
    "le la les quel quelle quels quelles qui quand où ou pourquoi comment combien et est sont était"
    " ont de du des au aux à en dans lui elle il ils elles ça cela oui dis merci que qu".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question as printed, and where it stands."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the next may begin."""
        return self.start + len(self.text)

    @property
    def inverted(self) -> bool:
        """Whether it is the pronoun that French hangs on a verb to ask: va-t-elle."""
        return self.text.startswith("-")

    @property
    def folded(self) -> str:
        """Lower case without diacritics, apostrophe and hyphens."""
        return fold(self.text).removeprefix("-t").strip("-'’")

    @property
    def named(self) -> bool:
        """Whether it is printed as names are."""
        return self.text[0].isupper() and not self.closed

    @property
    def closed(self) -> bool:
        """Whether it says how something is asked, and not about what."""
        acronym, title = self.text.isupper(), self.text[0].isupper() and self.start > 0
        return self.folded in _CLOSED and not (len(self.text) > 1 and (acronym or title))


@cache
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, with what French elides or hangs on as words of their own."""
    return tuple(Word(match[0], match.start()) for match in _WORD.finditer(text))


def tongue_of(text: str) -> str:
    """The language whose small words a text holds and the other's not; "" where nothing tells."""
    there = {word.text.lower().strip("-'’") for word in words_of(text)}
    english, french = there & _ENGLISH, there & _FRENCH
    return "en" if english and not french else "fr" if french and not english else ""
