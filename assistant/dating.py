"""What an answer says of time: its days, how new its sources are, what could not be placed."""

from dataclasses import replace
from datetime import timedelta

from assistant.answer import Answer
from assistant.frames import say, say_date, say_list, source_line
from assistant.query import Language, Query
from assistant.times import Window
from ingest.dates import NewsDate
from ingest.periods import Period

_OLD = timedelta(days=30)  # from which sources say little about how things stand today


def date_answer(answer: Answer, query: Query) -> Answer:
    """The answer with its window, and with what its reader should know of the time it speaks of."""
    remarks = (*_on_age(answer, query), *_on_window(answer, query.times.window))
    return replace(answer, window=query.times.window, remarks=remarks)


def _on_age(answer: Answer, query: Query) -> list[str]:
    """That a question about the present was answered from old sources."""
    newest = answer.newest
    if not query.times.now or not answer.citations:
        return []
    if newest and newest.last_day >= query.today - _OLD:
        return []
    date = say_date(newest, answer.language) if newest else say("no_date", answer.language)
    return [say("stale", answer.language, date=date)]


def _on_window(answer: Answer, window: Window | None) -> list[str]:
    """Which articles could not be placed within the window, or only by a month or a year."""
    if window is None:
        return []
    language, undated = answer.language, answer.searched.undated
    vague = {
        source_line(each.article, language): None
        for each in answer.citations
        if (published := each.article.published) and _straddles(published, window.period)
    }
    remarks = [say("vague", language, sources=say_list([*vague], language))] if vague else []
    return remarks + ([say("undated", language, count=str(undated))] if undated else [])


def _straddles(published: NewsDate, period: Period) -> bool:
    """Whether a date may lie in a period or outside of it."""
    first, last = published.first_day, published.last_day
    inside = (not period.first or period.first <= first) and (
        not period.last or last <= period.last
    )
    return period.covers(published) and not inside


def say_window(window: Window, language: Language) -> str:
    """Which articles a window lets in, and why: "Only articles published since …"."""
    days = say_period(window.period, language)
    if not window.why:
        return say("window", language, days=days)
    return say("window_why", language, days=days, why=window.why)


def say_period(period: Period, language: Language) -> str:
    """A period in words: "from May 6, 2024 to May 12, 2024"."""
    days = {
        name: say_date(NewsDate(day.isoformat()), language)
        for name, day in (("first", period.first), ("last", period.last))
        if day
    }
    if period.first and period.first == period.last:
        return say("on_day", language, **days)
    return say("days_" + "_".join(days), language, **days) if days else ""


def say_reach(answer: Answer, language: Language) -> str:
    """How new the newest source is, and the newest article of the archive."""
    newest, reach = answer.newest, answer.searched.newest
    if not newest or not reach:
        return ""
    dates = {"newest": say_date(newest, language), "reach": say_date(NewsDate(reach), language)}
    return say("reach", language, **dates)
