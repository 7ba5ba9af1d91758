"""What came in, what was left out and why, and what stands here twice."""

from datetime import datetime

from assistant.frames import say_articles
from assistant.query import Language
from ingest.articles import Rejection
from ingest.rejected import Rejected
from ingest.repeated import Copying, Repeated
from ingest.runs import Run
from ui.markup import attributes, escape
from ui.operator.additions import Addition
from ui.operator.reasons import say_reason
from ui.words import word

_LISTED = 50  # rejections on the page
_OF_ONE = 10  # rejections of one addition


def say_moment(moment: datetime, language: Language) -> str:
    """A moment in the reader's form, in UTC."""
    from babel.dates import format_datetime

    return f"{format_datetime(moment, 'medium', locale=language)} UTC"


def render_run(run: Run | None, language: Language) -> str:
    """When the last ingest ended, and what it did."""
    if run is None:
        return _nothing("intake_none", language)
    moment = say_moment(datetime.fromisoformat(run.ended), language)
    ended = word("intake_ended", language, moment=moment, seconds=f"{run.seconds:.1f}")
    return f"<p><strong>{escape(ended)}</strong></p><p>{escape(_say_run(run, language))}</p>"


def _say_run(run: Run, language: Language) -> str:
    counts = ("added", "updated", "unchanged", "withdrawn", "rejected")
    return word("ended", language, **{name: str(getattr(run, name)) for name in counts})


def render_rejected(rejected: tuple[Rejected, ...], language: Language) -> str:
    """What could not be read, the last first."""
    if not rejected:
        return _nothing("rejected_none", language)
    heads = ("rejected_source", "rejected_reason", "rejected_seen")
    columns = "".join(f'<th scope="col">{escape(word(each, language))}</th>' for each in heads)
    rows = "".join(_row(each, language) for each in rejected[:_LISTED])
    return (
        f"<table class='rejected'><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table>"
        f"{_more(len(rejected) - _LISTED, language)}"
    )


def _row(each: Rejected, language: Language) -> str:
    seen = say_moment(datetime.fromisoformat(each.seen), language)
    said, spoken = say_reason(each.reason, language)
    return (
        f'<tr><th scope="row">{escape(each.source)}</th><td lang="{spoken}">{escape(said)}</td>'
        f"<td>{escape(seen)}</td></tr>"
    )


def _more(count: int, language: Language) -> str:
    said = word("more", language, count=str(count))
    return f'<p class="hint">{escape(said)}</p>' if count > 0 else ""


def render_copying(copying: Copying, language: Language) -> str:
    """How many stories stand here more than once, and which ones most often."""
    if not copying.stories:
        return _nothing("copying_none", language)
    articles = say_articles(copying.articles, language)
    said = word("copying_count", language, stories=str(copying.stories), articles=articles)
    stories = "".join(_story(each, language) for each in copying.most)
    return f"<p>{escape(said)}</p><ul class='lines'>{stories}</ul>"


def _story(story: Repeated, language: Language) -> str:
    outlets = ", ".join(story.outlets)
    count = say_articles(story.articles, language)
    return (
        f"<li><span{attributes(class_='told', lang=story.language)}>{escape(story.title)}</span>"
        f"<small>{escape(count)}{escape(' · ' + outlets if outlets else '')}</small></li>"
    )


def render_additions(additions: list[Addition], language: Language) -> str:
    """What was added through the page, the newest first, with its progress."""
    if not additions:
        return _nothing("added_none", language)
    items = "".join(_addition(each, language) for each in additions)
    busy = "true" if any(each.running for each in additions) else None
    label = word("added_list", language)
    where = attributes(class_="additions", data_busy=busy, aria_label=label)
    return f"<ol{where}>{items}</ol>"


def _addition(addition: Addition, language: Language) -> str:
    name, state = (
        escape(addition.name),
        f'<p class="state">{escape(_state(addition, language))}</p>',
    )
    label = attributes(aria_label=addition.name)
    bar = f"<progress{label}></progress>" if addition.state == "reading" else ""
    refused = addition.report.rejected if addition.report else ()
    reasons = "".join(_reason(each, language) for each in refused[:_OF_ONE])
    why = f"<ul>{reasons}</ul>" if reasons else ""
    more = _more(len(refused) - _OF_ONE, language)
    kind = attributes(class_=addition.state)
    return f"<li{kind}><strong>{name}</strong>{state}{bar}{why}{more}</li>"


def _state(addition: Addition, language: Language) -> str:
    if addition.report:
        return _say_run(addition.report.run, language)
    articles = say_articles(addition.articles, language)
    said = {"articles": articles, "incident": addition.incident}
    return word(f"state_{addition.state}", language, **said)


def _reason(rejection: Rejection, language: Language) -> str:
    said, spoken = say_reason(rejection.reason, language)
    source = word("label", language, name=rejection.source)
    return f'<li>{escape(source)} <span lang="{spoken}">{escape(said)}</span></li>'


def _nothing(key: str, language: Language) -> str:
    return f'<p class="nothing">{escape(word(key, language))}</p>'
