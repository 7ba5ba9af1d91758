"""What the archive holds, by language, outlet and day."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from assistant.frames import say, say_articles, say_date, say_languages, say_number
from assistant.query import Language
from ingest.coverage import Holding, Issue, Silence, find_silences
from ingest.dates import NewsDate
from ui.markup import attributes, escape
from ui.operator.charts import draw_days, render_axis, say_day
from ui.operator.period import LENGTHS, Period
from ui.operator.survey import Survey
from ui.words import word

_KINDS = 3  # languages with a colour of their own; the others share the last


def render_holdings(survey: Survey, language: Language) -> str:
    """The choice of days, all articles by language, and each outlet's."""
    if not survey.held:
        return f'<p class="nothing">{escape(say("empty_archive", language))}</p>'
    return (
        f"{_render_choice(survey, language)}{_render_languages(survey, language)}"
        f"{_render_outlets(survey, language)}"
    )


def _render_choice(survey: Survey, language: Language) -> str:
    period = survey.period
    links = [
        _link(days, period.last, word("coverage_days", language, count=str(days)), language,
              chosen=days == period.length)
        for days in LENGTHS
    ]  # fmt: skip
    before = period.moved(-1).last
    links.append(_link(period.length, before, word("earlier", language), language))
    if period.last < survey.newest:
        after = period.moved(1).last
        links.append(_link(period.length, after, word("later", language), language))
    return f'<p class="choice">{"".join(links)}</p>'


def _link(days: int, until: date, label: str, language: Language, *, chosen: bool = False) -> str:
    where = attributes(
        href=f"operator?days={days}&until={until}&lang={language}#coverage",
        aria_current="true" if chosen else None,
    )
    return f"<a{where}>{escape(label)}</a>"


def _render_languages(survey: Survey, language: Language) -> str:
    held = Counter[str]()
    for each in survey.held:
        held[each.language] += each.articles
    codes = [code for code, _ in held.most_common()]
    kinds = [[code] for code in codes[: _KINDS - 1]]
    kinds += [codes[_KINDS - 1 :]] if codes[_KINDS - 1 :] else []
    shown = [each for each in survey.issues if survey.period.includes(each.day)]
    counts = [_by_day(each for each in shown if each.language in kind) for kind in kinds]
    legend = "".join(
        f'<li class="kind-{number}">{escape(say_languages(tuple(kind), language))}, '
        f"{escape(say_articles(sum(held[code] for code in kind), language))}</li>"
        for number, kind in enumerate(kinds, start=1)
    )
    title = word("by_language", language)
    most = max(sum(map(Counter, counts), Counter[date]()).values(), default=0)
    said = word("most_a_day", language, articles=say_articles(most, language))
    drawing = draw_days(counts, (), survey.period, f"{title}; {said}", language)
    return (
        f'<figure class="all"><figcaption>{escape(title)}, {escape(said)}</figcaption>{drawing}'
        f'{render_axis(survey.period, language)}<ul class="legend">{legend}</ul></figure>'
    )


def _by_day(issues: Iterable[Issue]) -> Counter[date]:
    counts: Counter[date] = Counter()
    for each in issues:
        counts[each.day] += each.articles
    return counts


def _render_outlets(survey: Survey, language: Language) -> str:
    outlets: dict[str, list[Holding]] = defaultdict(list)
    for each in survey.held:
        outlets[each.outlet].append(each)
    ranked = sorted(outlets.values(), key=lambda held: -sum(each.articles for each in held))
    rows = "".join(_render_outlet(held, survey, language) for held in ranked)
    heads = ("outlet", "all_articles", "of_period", "newest_article", "day_by_day", "silent")
    columns = "".join(f'<th scope="col">{escape(word(each, language))}</th>' for each in heads)
    return (
        f'<table class="outlets"><caption>{escape(word("by_outlet", language))}</caption>'
        f"<thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table>"
        f'<p class="hint">{escape(word("silent_says", language))}</p>'
    )


def _render_outlet(held: Sequence[Holding], survey: Survey, language: Language) -> str:
    name = held[0].outlet or say("no_outlet", language)
    period = survey.period
    known = _by_day(each for each in survey.issues if each.outlet == held[0].outlet)
    issues = Counter({day: count for day, count in known.items() if period.includes(day)})
    silences = _silences_of(known, held, period)
    label = f"{name}, {say_articles(issues.total(), language)}"
    drawing = draw_days([issues], silences, period, label, language)
    total = sum(each.articles for each in held)
    cells = {
        "all_articles": say_number(total, language),
        "of_period": say_number(issues.total(), language),
        "newest_article": escape(_say_newest(held, language)),
        "day_by_day": drawing,
        "silent": _say_silences(silences, language),
    }
    told = say_languages(tuple(each.language for each in held), language)
    data = "".join(_cell(key, cell, language) for key, cell in cells.items())
    return f'<tr><th scope="row">{escape(name)}<small>{escape(told)}</small></th>{data}</tr>'


def _cell(key: str, inside: str, language: Language) -> str:
    """A cell that on a telephone says what it is."""
    label = word("label", language, name=word(key, language))
    return f"<td{attributes(data_label=label, class_=key)}>{inside}</td>"


def _say_newest(held: Sequence[Holding], language: Language) -> str:
    printed = max((each.last for each in held if each.last), default=None)
    return say_date(NewsDate(printed), language) if printed else say("no_date", language)


def _silences_of(known: Counter[date], held: Sequence[Holding], period: Period) -> list[Silence]:
    """Silences that touch a period; all of it, where an outlet of former times says nothing."""
    if known:
        return [each for each in find_silences(known, period.last) if each.last >= period.first]
    began = min((NewsDate(each.first).first_day for each in held if each.first), default=date.max)
    several = sum(each.articles for each in held) > 2
    return [Silence(period.first, period.last)] if several and began < period.first else []


def _say_silences(silences: Sequence[Silence], language: Language) -> str:
    if not silences:
        return escape(word("silent_none", language))
    said = (
        word(
            "silent_days",
            language,
            first=say_day(each.first, language),
            last=say_day(each.last, language),
            count=str(each.days),
        )
        for each in silences
    )
    return "".join(f"<span>{escape(each)}</span>" for each in said)
