"""Numbers in words and with their scale become digits, in French and English."""

import re
from fractions import Fraction
from functools import lru_cache

_SCALES = {
    "thousand": 3, "mille": 3, "million": 6, "millions": 6, "bn": 9, "milliard": 9, "milliards": 9,
    "billion": 9, "billions": 9, "trillion": 12, "trillions": 12,
}  # fmt: skip
_LONG_SCALE = {"billion": 12, "billions": 12, "trillion": 18, "trillions": 18}  # as French counts
_COUNT = r"\d{1,3}(?:[ ,.]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_SCALED = re.compile(
    rf"(?<![\w.,])(?:(?P<low>{_COUNT})(?P<to> ?[-–—] ?| to | or | and | à | ou | et ))?"
    rf"(?P<high>{_COUNT})(?:[ -](?P<half>and a half |et demie? ))?[ -]?"
    rf"(?P<scale>{'|'.join(sorted(_SCALES, key=len, reverse=True))})\b"
    r"(?P<tail> and a half| et demie?)?",
    re.IGNORECASE,
)
_POUNDS_M = re.compile(rf"(?<=[£$€])({_COUNT}) ?m\b", re.IGNORECASE)

# What a converter of words takes for a number, or would miss.
_BEFORE = {
    "en": (
        (r"(?<=[a-z])-(?=[a-z])", " "),
        (r"\bper ?cent\b", "%"),
        (r"\b(?:tens|hundreds|thousands|millions|billions)(?: of)?\b", "many"),
        (r"\b(?:per|a|each|every|split) second\b", "per sec"),
        (r"\b(\d{3}0)s\b", r"\1"),
        (r"\bhalf past\b", ""),
        (r"\bhalf an? (million|billion)\b", r"0.5 \1"),
        (r"\ba (hundred|thousand|million|billion) and a half\b", r"1.5 \1"),
        (r"\bboth\b|\ba (?:pair|couple) of\b", "two"),
        (r"\btwice\b", "two times"),
        (r"\b(?:a|one) dozen\b|\bdozen\b", "12"),
        (r"\b(?:a|one|the last|the past|this) decade\b", "ten years"),
    ),
    "fr": (
        (r"\bpour ?cents?\b", "%"),
        (r"(?<!\d )\b(?:des|de|plusieurs|quelques|les) (?:milliers|millions|milliards)\b", "tant"),
        (r"\b(?:un |une )?demi[- ](million|milliard)\b", r"0,5 \1"),
        (r"\bun (million|milliard) et demi\b", r"1,5 \1"),
        (r"\b(?:à|tout|toute|flambant|de|du) neuf\b", "nouveau"),
        (r"\b(?:une )?demi[- ]douzaine\b", "6"),
        (r"\b(?:une )?douzaine\b", "12"),
        (r"\b(?:une )?quinzaine\b", "15"),
        (r"\b(?:une )?vingtaine\b", "20"),
        (r"\b(?:une )?trentaine\b", "30"),
        (r"\b(?:une )?quarantaine\b", "40"),
        (r"\b(?:une )?cinquantaine\b", "50"),
        (r"\bune centaine\b", "100"),
        (r"\bun millier\b", "1000"),
        (r"\bune décennie\b", "dix ans"),
    ),
}


@lru_cache(maxsize=4096)
def digits_for_words(text: str, language: str) -> str:
    """A text in which numbers are digits: "2.5 million" is 2500000, "douze" is 12."""
    plain = " ".join(text.replace("’", "'").split())
    spoken = "fr" if language == "fr" else "en"
    for pattern, digits in _BEFORE[spoken]:
        plain = re.sub(pattern, digits, plain, flags=re.IGNORECASE)
    plain = _multiply(plain, spoken)
    return _multiply(_convert(plain, spoken), spoken)


def parse_number(printed: str, language: str) -> Fraction:
    """The value of a number in digits: 1,200 and 1.200 are one, each in its own language."""
    bare = printed.replace(" ", "")
    thousands, decimal = (".", ",") if language == "fr" else (",", ".")
    grouped = re.fullmatch(rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+(?:\D\d+)?", bare)
    if grouped:
        bare = bare.replace(thousands, "")
    bare = bare.replace(decimal, ".").replace(",", "")
    whole, _, rest = bare.partition(".")
    return Fraction(f"{whole}.{rest.replace('.', '')}" if rest else whole)


def _convert(text: str, spoken: str) -> str:
    from text_to_num import alpha2digit

    halves = r"\1.5 \2" if spoken == "en" else r"\1,5 \2"
    converted: str = alpha2digit(text, spoken, 0)
    for power, name in ((12, "trillion"), (9, "milliard"), (6, "million")):
        if spoken == "en":
            name = {"milliard": "billion"}.get(name, name)
        converted = re.sub(rf"(\d+) and a half 1(0{{{power}}})\b", rf"\1.5 {name}", converted)
        converted = re.sub(
            rf"\b(\d+)0{{{power}}} (?:and a half|et demie?)\b",
            halves.replace(r"\2", name),
            converted,
        )
        converted = re.sub(rf"(?<=\d )10{{{power}}}\b", name, converted)
    return re.sub(r"(?<=\d )1000\b", "thousand" if spoken == "en" else "mille", converted)


def _multiply(text: str, spoken: str) -> str:
    text = _POUNDS_M.sub(r"\1 million", text)
    return _SCALED.sub(lambda match: _scaled(match, spoken), text)


def _scaled(match: re.Match[str], spoken: str) -> str:
    scale = match["scale"].lower()
    power = (_LONG_SCALE if spoken == "fr" else {}).get(scale) or _SCALES[scale]
    half = Fraction(1, 2) if match["half"] or match["tail"] else Fraction(0)
    high = str(int((parse_number(match["high"], spoken) + half) * 10**power))
    if match["low"] is None:
        return high
    between = re.search(r"\b(?:between|entre) $", match.string[: match.start()], re.IGNORECASE)
    joined = match["to"].strip() in ("and", "et") and not between
    low = parse_number(match["low"], spoken) * (1 if joined else 10**power)
    return f"{int(low)}{match['to']}{high}" if low.denominator == 1 else high
