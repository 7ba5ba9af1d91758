"""Questions and answers as the page shows them, and as a reader copies them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.answer import Answer, Sentence
from assistant.conversation import Turn
from assistant.dating import say_reach, say_window
from assistant.disagreement.telling import say_differences
from assistant.frames import put_in_quotes, say, source_line
from assistant.query import Language
from ui.cards import card_id, mark_id, render_translation
from ui.links import read_chosen, say_chosen
from ui.markup import attributes, escape
from ui.room.judging import render_judging
from ui.words import word

_LONG = 400  # characters of a question that is shown smaller, and scrolls

Progress = Literal["running", "done", "stopped"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question on the page, and as much of its answer as there is."""

    question: str
    answer: Answer | None = None
    progress: Progress = "running"
    problem: str = ""  # why there is no answer, in a sentence for the reader
    chosen: str = ""  # filters it was asked within, as an address names them
    changed: tuple[int, ...] = ()  # citations whose articles have changed since


def turns_of(exchanges: Sequence[Exchange]) -> list[Turn]:
    """What a next question may lean on: also a question that was stopped or met an incident."""
    return [Turn(each.question, each.answer) for each in exchanges]


def render_exchange(exchange: Exchange, turn: int, language: Language, waiting: str = "") -> str:
    """A question and its answer; `waiting` is said until the first words are there."""
    busy = "true" if exchange.progress == "running" else None
    name = f"question-{turn}"
    long = "" if len(exchange.question) > _LONG else None
    asked = attributes(
        class_="question",
        id=name,
        data_question=exchange.question,
        data_long=long,
        tabindex=None if long is None else "0",  # what scrolls is reached by keyboard
    )
    you = f'<span class="unseen">{escape(word("you", language))}</span>'
    return (
        f"<section{attributes(class_='exchange', data_busy=busy)}>"
        f"<h2{asked}>{you} {escape(exchange.question)}</h2>{_within(exchange, language)}"
        f"{_searched_for(exchange, language)}{_days(exchange, language)}"
        f"{_reply(exchange, turn, language, waiting)}</section>"
    )


def _searched_for(exchange: Exchange, language: Language) -> str:
    """A follow-up as it was understood, and a way to have it searched for as typed."""
    if exchange.answer is None or exchange.answer.searched_for is None:
        return ""
    said = escape(say("searched_for", language, question=exchange.answer.searched_for))
    label = word("as_typed", language)
    cross = attributes(
        type="button", class_="remove", data_press="as-typed", aria_label=label, title=label
    )
    return f'<p class="chip">{said}<button{cross}>×</button></p>'


def _within(exchange: Exchange, language: Language) -> str:
    said = say_chosen(read_chosen(exchange.chosen), language)
    within = word("within", language, filters=said)
    return f'<p class="within">{escape(within)}</p>' if said else ""


def _days(exchange: Exchange, language: Language) -> str:
    """The days an answer was limited to, and a way to ask without them."""
    if exchange.answer is None or exchange.answer.window is None or not exchange.answer.window.why:
        return ""  # days that the reader chose stand among their filters
    said, label = say_window(exchange.answer.window, language), word("any_time", language)
    cross = attributes(
        type="button", class_="remove", data_press="any-time", aria_label=label, title=label
    )
    where = attributes(class_="chip", lang=language)
    return f"<p{where}>{escape(said)}<button{cross}>×</button></p>"


def _reply(exchange: Exchange, turn: int, language: Language, waiting: str) -> str:
    if exchange.problem:
        label = f'<p class="label">{escape(word("problem", language))}</p>'
        again = _actions(None, turn, language)
        return f'<div class="answer problem">{label}<p>{escape(exchange.problem)}</p>{again}</div>'
    if exchange.answer is None:
        stopped = exchange.progress == "stopped"
        line = word("stopped", language) if stopped else waiting
        again = _actions(None, turn, language) if stopped else ""
        return f'<p class="waiting">{escape(line)}</p>{again}'
    return render_answer(exchange.answer, turn, language, exchange.progress)


def render_answer(answer: Answer, turn: int, language: Language, progress: Progress) -> str:
    """An answer: what kind it is, its sentences with their marks, what can be done with it."""
    style = f"answer {answer.status}" + (" written" if answer.model else "")
    sentences = _sentences(answer, turn)
    remarks = [*say_differences(answer), *filter(None, (answer.notice, *answer.remarks))]
    if progress == "stopped":
        remarks.append(word("stopped", language))
    elif progress == "done" and answer.model:
        remarks.append(word("written", language, model=answer.model))
    notes = "".join(f'<p class="remark">{escape(remark)}</p>' for remark in remarks)
    notes += f'<p class="reach">{escape(say_reach(answer, answer.language))}</p>'
    actions = "" if progress == "running" else _actions(answer, turn, language)
    return (
        f"<div{attributes(class_=style, lang=answer.language)}>{_label(answer, language)}"
        f"{sentences}{notes}{actions}</div>"
    )


def _label(answer: Answer, language: Language) -> str:
    if answer.status == "answered":
        return ""
    said = word(answer.status, language)
    return f"<p{attributes(class_='label', lang=language)}>{escape(said)}</p>"


def _sentences(answer: Answer, turn: int) -> str:
    """Quotes a paragraph each; what a model wrote in one."""
    marked: set[int] = set()
    before = (None, *answer.sentences)
    pieces = [
        _heading(sentence, last) + _sentence(sentence, answer, turn, marked)
        for sentence, last in zip(answer.sentences, before, strict=False)
    ]
    if answer.model:
        return f'<p class="prose">{" ".join(pieces)}</p>'
    return "".join(pieces)


def _heading(sentence: Sentence, before: Sentence | None) -> str:
    """What a sentence stands under, once for all that stand there."""
    if not sentence.heading or (before and before.heading == sentence.heading):
        return ""
    return f'<h3 class="under">{escape(sentence.heading)}</h3>'


def _sentence(sentence: Sentence, answer: Answer, turn: int, marked: set[int]) -> str:
    marks = "".join(_mark(number, answer, turn, marked) for number in sentence.citations)
    if answer.model:
        remark = f' <span class="weak">{escape(say("weak", answer.language))}</span>'
        return f"<span>{escape(sentence.text)}{marks}{remark if sentence.weak else ''}</span>"
    source, quote = _part(sentence, answer)
    if not source:
        return f'<p class="plain">{escape(quote)}{marks}</p>'
    translated = "".join(
        render_translation(each, answer.language)
        for each in answer.citations
        if each.number in sentence.citations
    )
    return (
        f'<p class="quoted"><span class="source">{escape(source)}</span>{escape(quote)}{marks}</p>'
        f"{translated}"
    )


def _part(sentence: Sentence, answer: Answer) -> tuple[str, str]:
    """The source a sentence begins with, and the quote that follows it."""
    for citation in answer.citations:
        quote = put_in_quotes(citation.quote, citation.article.language)
        if citation.number in sentence.citations and sentence.text.endswith(quote):
            return sentence.text.removesuffix(quote).rstrip("\u00a0\u202f :"), quote
    return "", sentence.text


def _mark(number: int, answer: Answer, turn: int, marked: set[int]) -> str:
    """A numbered mark that leads to its card; only the first of a number is an anchor."""
    sources = {each.number: source_line(each.article, answer.language) for each in answer.citations}
    source = sources.get(number, "")
    label = word("source_number", answer.language, number=str(number), source=source)
    anchor = None if number in marked else mark_id(turn, number)
    marked.add(number)
    where = attributes(
        class_="mark", id=anchor, href=f"#{card_id(turn, number)}", aria_label=label, title=source
    )
    return f"\u2060<a{where}>[{number}]</a>"


def _actions(answer: Answer | None, turn: int, language: Language) -> str:
    """Buttons under an answer; the page's script gives them their effect."""
    buttons = [_button("retry", word("retry", language), data_press="retry")]
    if answer:
        copied = word("copied", language)
        text = copy_text(answer)
        said = word("copy", language)
        buttons.insert(0, _button("copy", said, data_copy=text, data_done=copied))
    if answer and answer.citations and not answer.sentences[0].heading:
        wish = word("timeline", language)
        buttons.append(_button("wish", wish, data_ask=wish))
    if answer and answer.citations:
        shown = _button("sheet", word("sources", language), data_evidence=f"evidence-{turn}")
        buttons.insert(0, shown)
    if answer:
        done = word("copied", language)
        buttons.append(_button("link", word("link", language), data_link=str(turn), data_done=done))
    judging = render_judging(turn, language) if answer else ""
    return f"<div{attributes(class_='actions', lang=language)}>{''.join(buttons)}{judging}</div>"


def _button(style: str, said: str, **effects: str) -> str:
    return f"<button{attributes(type='button', class_=style, **effects)}>{escape(said)}</button>"


def copy_text(answer: Answer) -> str:
    """An answer to paste elsewhere, with its sources below it."""
    sources = [
        f"[{citation.number}] {source_line(citation.article, answer.language)}. "
        f"{citation.article.title} {citation.article.url}".rstrip()
        for citation in answer.citations
    ]
    days = [say_window(answer.window, answer.language)] if answer.window else []
    told = [answer.text, answer.notice, *days, "\n".join(sources)]
    return "\n\n".join(filter(None, told))
