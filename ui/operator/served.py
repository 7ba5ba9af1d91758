"""How the archive serves: what was asked in vain, what readers said, how model and index are."""

from assistant.frames import say_articles
from assistant.query import Language
from ingest.condition import Condition
from ui.markup import attributes, escape
from ui.operator.charts import say_day
from ui.operator.questions import Judged, Unanswered, Verdicts
from ui.operator.survey import Minds, Survey
from ui.words import word

_LOW = 2**30  # bytes: an index needs room to be built anew
_GIVEN = 240  # characters of an answer


def render_unanswered(unanswered: tuple[Unanswered, ...] | None, language: Language) -> str:
    """Questions that found nothing, or only something near."""
    if unanswered is None:
        return _nothing("unanswered_hidden", language)
    if not unanswered:
        return _nothing("unanswered_none", language)
    items = "".join(
        f'<li><span class="told">{escape(each.question)}</span>'
        f"<small>{escape(word(each.status, language))}, "
        f"{escape(say_day(each.asked.date(), language))}</small></li>"
        for each in unanswered
    )
    hint = escape(word("unanswered_says", language))
    return f"<ul class='lines'>{items}</ul><p class='hint'>{hint}</p>"


def render_verdicts(verdicts: Verdicts, language: Language) -> str:
    """How often each verdict was given, the last ones in full, and the way to take them along."""
    if not verdicts.counts:
        return _nothing("verdicts_none", language)
    counts = "".join(
        f"<li><b>{count}</b> {escape(_verdict(verdict, language))}</li>"
        for verdict, count in verdicts.counts.items()
    )
    items = "".join(_judged(each, language) for each in verdicts.last)
    save = attributes(href="operator/verdicts.jsonl", download="")
    link = f"<a{save}>{escape(word('verdicts_save', language))}</a>" if verdicts.last else ""
    return f"<ul class='counts'>{counts}</ul><ul class='lines'>{items}</ul><p>{link}</p>"


def _judged(judged: Judged, language: Language) -> str:
    given = judged.given if len(judged.given) <= _GIVEN else judged.given[:_GIVEN] + "…"
    quoted = f"<q>{escape(given)}</q>" if given else ""
    return (
        f'<li><span class="told">{escape(judged.question)}</span>{quoted}'
        f"<small>{escape(_verdict(judged.verdict, language))}, {escape(judged.asked)}</small></li>"
    )


def _verdict(verdict: str, language: Language) -> str:
    known = ("right", "wrong", "unsupported", "outdated", "missing")
    return word(f"verdict_{verdict}", language) if verdict in known else verdict


def render_health(survey: Survey, language: Language) -> str:
    """Model, encoder, reader, index and disk, each with whether it is well."""
    minds, condition = survey.minds, survey.condition
    reader = minds.reader or word("reader_none", language)
    lines = (
        ("model", _say_model(minds, language), minds.resting == 0),
        ("encoder", f"{minds.encoder}, {minds.runs_as}", True),
        ("reader", reader, True),
        ("index", _say_index(condition, language), condition.is_well),
        ("disk", _say_disk(condition, language), condition.free >= _LOW),
    )
    pending = attributes(data_pending="" if condition.pending else None)
    return f'<dl class="health"{pending}>{"".join(_line(*line, language) for line in lines)}</dl>'


def _line(key: str, said: str, is_well: bool, language: Language) -> str:
    state = "well" if is_well else "unwell"
    return (
        f"<dt>{escape(word(key, language))}</dt><dd><span{attributes(class_=state)}>"
        f"{escape(word(state, language))}</span> {escape(said)}</dd>"
    )


def _say_model(minds: Minds, language: Language) -> str:
    if minds.model is None:
        return word("model_none", language)
    state = "model_rests" if minds.resting else "model_asked"
    return word(state, language, name=minds.model, seconds=f"{minds.resting:.0f}")


def _say_index(condition: Condition, language: Language) -> str:
    if condition.doubt or (condition.found_by_meaning is None and condition.generation):
        return word("index_doubt", language)
    if condition.found_by_meaning is None:
        return word("index_elsewhere", language)
    held = word(
        "index_holds",
        language,
        passages=str(condition.passages),
        meaning=str(condition.found_by_meaning),
        words=str(condition.found_by_words),
    )
    waiting = say_articles(condition.pending, language)
    notes = [word("index_pending", language, articles=waiting)] if condition.pending else []
    notes += [word("index_mended", language)] if condition.mended else []
    return "; ".join([held, *notes])


def _say_disk(condition: Condition, language: Language) -> str:
    from babel.numbers import format_decimal

    size = format_decimal(round(condition.free / 1e9, 1), locale=language)
    return word("disk_free", language, size=size)


def _nothing(key: str, language: Language) -> str:
    return f'<p class="nothing">{escape(word(key, language))}</p>'
