"""A date as newspapers print it, in French or English, becomes a date with its precision."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from ingest.dates import DateUnreadableError, NewsDate, parse_date

_NAMES = (
    "janvier janv jan january", "fevrier fevr fev february feb", "mars mar march",
    "avril avr april apr", "mai may", "juin june jun", "juillet juil july jul",
    "aout august aug", "septembre sept september sep", "octobre oct october",
    "novembre nov november", "decembre dec december",
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_MONTH = (
    "(?i:janv(?:ier|\\.)?|jan(?:uary|\\.)?|f[ée]vr?(?:ier|\\.)?|feb(?:ruary|\\.)?|mars|mar(?:ch|\\.)?"
    "|avr(?:il|\\.)?|apr(?:il|\\.)?|mai|may|juin|june?\\.?|juil(?:let|\\.)?|july?\\.?|ao[ûu]t"
    "|aug(?:ust|\\.)?|sept?(?:embre|ember|\\.)?|oct(?:obre|ober|\\.)?|nov(?:embre|ember|\\.)?"
    "|d[ée]c(?:embre|ember|\\.)?)(?!\\w)"
)
_GAP = r"[ \t\u00a0\u202f]+"
_DAY = r"(?:1er|[0-3]?\d(?:st|nd|rd|th)?)"
DAY_AND_MONTH = rf"(?:{_DAY}{_GAP}(?:of{_GAP})?{_MONTH}|{_MONTH}{_GAP}{_DAY}(?!\d))"
_WEEKDAY = (
    r"(?i:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)"
    r"day|(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim)\.?)"
)
PRINTED = (
    rf"(?:{_WEEKDAY},?{_GAP})?(?:le{_GAP})?(?:{DAY_AND_MONTH},?{_GAP}\d{{4}}|{_MONTH},?{_GAP}\d{{4}}"
    r"|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d{2}-\d{2})(?!\d)"
)
_ZONE = (
    r"(?:(?:GMT|UTC)(?:\s?[+-]\d{1,2}(?::?\d{2})?)?|Z|[+-]\d{2}:?\d{2}|CES?T|[ECMP][SD]T|E\.?T\.?"
    r"|heure de Paris|Paris time|heure de Bruxelles)(?!\w)"
)
_TIME = (
    rf"\s*(?:[,àÀ·|–—-]|at\b|@)?\s*(?P<hour>[0-2]?\d)\s?(?:(?::|[hH]|\.(?=\d))(?P<minute>[0-5]\d)?(?::[0-5]\d)?"
    rf"|(?=\s?[ap]\.?m))\s?(?P<half>[ap]\.?m\b\.?)?(?:\s*\(?(?P<zone>{_ZONE})\)?)?"
)
_MOMENT = re.compile(rf"(?P<date>{PRINTED})(?:{_TIME})?", re.IGNORECASE)
_POSTAL = re.compile(
    r"(?:\w{3,9},?\s+)?\d{1,2}\s+[A-Za-z]{3,9}\s+\d{2,4}\s+\d{1,2}:\d\d.*"
)  # RFC 822
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")  # seconds or milliseconds, 2001 to 2033
_HOURS = {
    "CET": 1, "CEST": 2, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "GMT": 0, "UTC": 0, "Z": 0,
}  # fmt: skip
_PLACES = {
    "heure de paris": "Europe/Paris", "paris time": "Europe/Paris", "et": "America/New_York",
    "heure de bruxelles": "Europe/Brussels",
}  # fmt: skip


def read_date(printed: str, language: str = "") -> NewsDate | None:
    """What a date says, however it is written; None where that is nothing sure."""
    text = " ".join(printed.split())
    for reading in (parse_date, _read_epoch, _read_postal):
        try:
            if read := reading(text):
                return read
        except (ValueError, OverflowError):
            continue
    match = _MOMENT.fullmatch(text.rstrip("."))
    return _read_moment(match, language) if match else None


def find_date(text: str, cue: str, language: str = "") -> NewsDate | None:
    """The date that follows words such as « Publié le »; without them a date may be any other."""
    match = re.search(rf"(?:{cue})\s*(?:[:,]|le\b|on\b|the\b)*\s*{_MOMENT.pattern}", text, re.I)
    return _read_moment(match, language) if match else None


def complete_date(day_and_month: str, known: NewsDate | None) -> NewsDate | None:
    """A dateline's « 12 janvier », which names no year, within the year or month that is known."""
    if known is None or known.precision not in ("year", "month"):
        return None
    full = read_date(f"{day_and_month} {known.first_day.year}")
    return full if full and str(full).startswith(str(known)) else None


def _read_epoch(text: str) -> NewsDate | None:
    if not _EPOCH.fullmatch(text):
        return None
    return NewsDate(datetime.fromtimestamp(int(text[:10]), UTC).isoformat(timespec="seconds"))


def _read_postal(text: str) -> NewsDate | None:
    """RFC 822, as feeds and mail write it; a zone nobody knows leaves the time without one."""
    if not _POSTAL.fullmatch(text):
        return None
    return NewsDate(parsedate_to_datetime(text).isoformat(timespec="seconds"))


def _read_moment(match: re.Match[str], language: str) -> NewsDate | None:
    day = _read_day(match["date"], language)
    if day is None or match["hour"] is None or day.precision != "day":
        return day
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    if hour > 23:
        return day
    zone = _read_zone(match["zone"] or "")
    first = day.first_day
    moment = datetime(first.year, first.month, first.day, hour, int(match["minute"] or 0))
    return NewsDate(moment.replace(tzinfo=zone).isoformat(timespec="seconds"))


def _read_zone(printed: str) -> tzinfo | None:
    bare = printed.replace(".", "")
    if bare.lower() in _PLACES:
        return ZoneInfo(_PLACES[bare.lower()])
    shift = re.search(r"([+-])(\d{1,2}):?(\d\d)?$", bare)
    if shift and int(shift[2]) < 24:
        minutes = int(shift[2]) * 60 + int(shift[3] or 0)
        return timezone(timedelta(minutes=minutes if shift[1] == "+" else -minutes))
    return timezone(timedelta(hours=_HOURS[bare.upper()])) if bare.upper() in _HOURS else None


def _read_day(printed: str, language: str) -> NewsDate | None:
    try:
        if numeric := re.search(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", printed):
            return _numeric(*(int(part) for part in numeric.groups()), language=language)
        if iso := re.search(r"\d{4}-\d\d-\d\d", printed):
            return parse_date(iso[0])
        return _written(printed)
    except (DateUnreadableError, ValueError):
        return None


def _written(printed: str) -> NewsDate | None:
    year = re.search(r"\d{4}$", printed)
    names = re.findall(r"[^\W\d_]+", printed)
    # « mar. » is Tuesday before it is March: the last name that can be a month is the month
    month = next((_MONTHS[_fold(each)] for each in reversed(names) if _fold(each) in _MONTHS), 0)
    if year is None or not month:
        return None
    day = re.search(r"\d{1,2}", printed[: year.start()])
    if day is None:
        return NewsDate(f"{year[0]}-{month:02}")
    return NewsDate(date(int(year[0]), month, int(day[0])).isoformat())


def _numeric(first: int, second: int, year: int, *, language: str) -> NewsDate:
    """03/04/2024 is April in French; elsewhere only the year is sure."""
    if language == "fr" or first > 12 or first == second:
        return NewsDate(date(year, second, first).isoformat())
    if second > 12:
        return NewsDate(date(year, first, second).isoformat())
    return NewsDate(str(year))


def _fold(name: str) -> str:
    apart = unicodedata.normalize("NFD", name.lower())
    return "".join(each for each in apart if not unicodedata.combining(each))
