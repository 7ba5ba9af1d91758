"""The names in a written sentence, and whether a source bears them out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.checks.exonyms import other_names
from assistant.names import fold

_WORD = re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*\.?")
_PARTICLES = frozenset(
    "de du des la le les l d of the and et al el bin ben van von der di da dos y aux".split()
)
# What begins with a capital in one language, or for one desk, and names nobody.
_GENERAL = frozenset(
    "mr mrs ms miss dr m mm mme mmes mlle me mgr sir lord lady prof professor professeur"
    " president presidente minister ministre ministers prime premier premiere secretary"
    " secretaire general generale deputy chief director directeur directrice mayor maire judge"
    " juge king queen roi reine pope pape captain colonel government gouvernement parliament"
    " parlement senate senat state etat states etats ministry ministere court cour council"
    " conseil commission committee comite assembly assemblee republic republique i god dieu"
    " internet saint st ste north south east west nord sud est ouest northern southern eastern"
    " western january february march april may june july august september october november"
    " december janvier fevrier mars avril mai juin juillet aout septembre octobre novembre"
    " decembre monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi"
    " jeudi vendredi samedi dimanche".split()
)
# A sentence may open with these; a capital there makes no name of them.
_OPENERS = frozenset(
    "a an the this that these those it he she they we i you one two both some any all no not"
    " many most few several other another each every either neither such what which who when"
    " where why how if as at by for from in into of off on onto out over to under up upon with"
    " within without and but or nor so yet than then there here after before since until while"
    " because although though unless during despite according among between against about around"
    " along across near more less only even also still already now once first second last next"
    " meanwhile however instead later earlier today yesterday tomorrow nobody somebody everyone"
    " nothing something le la les l un une des du de d ce cet cette ces il elle ils elles nous"
    " vous je tu y en au aux dans par pour sur sous avec sans chez vers entre depuis pendant"
    " avant apres lors selon malgre contre parmi d'apres si comme quand lorsque puisque que qui"
    " quoi dont ou et mais donc ni car aucun aucune chaque plusieurs quelques quelque certains"
    " certaines tout toute tous toutes autre autres mon ton son sa ses leur leurs notre nos votre"
    " vos plus moins tres trop aussi encore deja enfin puis ensuite ainsi alors cependant"
    " pourtant toutefois hier demain aujourd'hui ici la-bas rien personne nul nulle jusqu'a quant"
    " grace afin outre hors face interroge interrogee its his her their our your my".split()
)
_ALIKE = 0.74  # of the letters of a name that another language spells otherwise
_SHORTEST = 4  # letters of a name whose spelling may differ
_ENDING = 3  # letters in which Iraq and Iraqi may differ
_VERB = re.compile(
    r",|\s+(?:a|est|dit|estime|affirme|promet|assure|juge|was|is|has|had|says?|said|will|would|holds?"
    r"|wants?|undertakes?|[a-z]+ed)\b"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words: as printed, and folded those that tell whose it is."""

    printed: str
    words: tuple[str, ...]


def names_written(text: str) -> tuple[Name, ...]:
    """The names of a sentence in order; the first word alone only where it looks like one."""
    return tuple(name for run in _runs(text) if (name := _name(run, text)))


def words_missing(name: Name, source: str) -> tuple[str, ...]:
    """The words of a name that a source does not bear out."""
    folded = fold(source).replace("’", "'")
    if _is_abbreviated(name, source):
        return ()
    words = {_bare(match[0]) for match in _WORD.finditer(folded)}
    held = frozenset(words | {part for word in words for part in re.split("[-'.]", word)})
    renamed = _renamed(name, folded)
    return tuple(w for w in name.words if w not in renamed and not _is_held(w, held, folded))


def _renamed(name: Name, folded: str) -> set[str]:
    """The words of a name that stand for another name there: United States, États-Unis."""
    words = [_bare(part) for part in re.split(r"[\s’']+", fold(name.printed))]
    phrases = (words[a:b] for a in range(len(words)) for b in range(a + 1, len(words) + 1))
    there = (phrase for phrase in phrases if _has_other_name(" ".join(phrase), folded))
    return {part for phrase in there for word in phrase for part in (word, *word.split("-"))}


def is_spelt_otherwise(word: str, source: str) -> bool:
    """Whether a source in another language spells a name nearly so: Shia for Chia."""
    return len(word) >= _SHORTEST and any(
        SequenceMatcher(None, word, _bare(fold(part))).ratio() >= _ALIKE
        for match in _WORD.finditer(source)
        for part in _parts(match[0])
        if part[0].isupper() and len(part) >= _SHORTEST
    )


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Words that belong to one name: capitalised, or particles between such."""
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        apart = run and text[run[-1].end() : match.start()].strip()
        if run and (apart or _ends_sentence(run[-1][0])):
            yield run
            run = []
        if _is_capital(match[0]) or (run and _bare(fold(match[0])) in _PARTICLES):
            run.append(match)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _name(run: list[re.Match[str]], text: str) -> Name | None:
    parts = [part for match in run for part in _parts(match[0])]
    capital = [part for part in parts if part[0].isupper()]
    opens = re.search(r"(?:^|[.!?:«“\"]\s*)$", text[: run[0].start()]) is not None
    if opens and fold(capital[0]) in _OPENERS:
        capital, opens = capital[1:], False
    words = tuple(word for word in map(_bare, map(fold, capital)) if _tells(word))
    if not words:
        return None
    alone = opens and len(capital) == 1 and not capital[0].isupper()
    if alone and _looks_common(words[0], text[run[-1].end() :]):
        return None
    return Name(text[run[0].start() : run[-1].end()], words)


def _ends_sentence(word: str) -> bool:
    return word.endswith(".") and len(word) > 4 and "." not in word[:-1]


def _parts(word: str) -> list[str]:
    """L’Irak is Irak, Trois-Vallées is Trois and Vallées."""
    bare = re.sub(r"^(?:[ldsnjmtc]|qu|jusqu|lorsqu)['’](?=\w)", "", word, flags=re.IGNORECASE)
    return [part for part in re.split(r"[-’']", bare) if part and part != "s"]


def _is_capital(word: str) -> bool:
    return any(part[0].isupper() and len(part.rstrip(".")) > 1 for part in _parts(word))


def _looks_common(word: str, rest: str) -> bool:
    """Whether a capitalised first word is rather a plural, a participle or an adverb."""
    verb = _VERB.match(rest)
    return verb is None or re.search(r"(?:[^s]s|ing|ed|ly|ment|ant|ee?s?|e)$", word) is not None


def _tells(word: str) -> bool:
    return len(word) > 1 and word not in _GENERAL and word not in _PARTICLES


def _bare(word: str) -> str:
    """A folded word without its possessive and its full stops: U.S. is us."""
    return re.sub(r"['’]s$", "", word.rstrip(".")).replace(".", "").strip("'’")


def _is_held(word: str, held: frozenset[str], folded: str) -> bool:
    if not held.isdisjoint((word, word.rstrip("s"), word + "s")) or _has_other_name(word, folded):
        return True
    return len(word) >= _SHORTEST and any(
        abs(len(other) - len(word)) <= _ENDING
        and word[:_SHORTEST] == other[:_SHORTEST]
        and other[: len(word) - 2] == word[: len(word) - 2]
        for other in held
    )


def _has_other_name(name: str, folded: str) -> bool:
    return any(re.search(rf"\b{re.escape(other)}", folded) for other in other_names(name))


def _is_abbreviated(name: Name, source: str) -> bool:
    """Whether a source has the long form of an acronym, or the acronym of a long form."""
    if len(name.words) > 2:
        letters = "".join(word[0] for word in name.words).upper()
        return re.search(rf"\b{letters}\b", source) is not None
    words = [fold(part) for match in _WORD.finditer(source) for part in _parts(match[0])]
    initials = "".join(word[0] for word in words if word not in _PARTICLES)
    return name.printed.isupper() and len(name.words[0]) > 2 and name.words[0] in initials
