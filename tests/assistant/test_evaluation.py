import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from assistant.answer import Answer, Citation, Searched, Status
from assistant.assistant import Assistant
from assistant.contract import answer_as_json, search_as_json
from assistant.evaluation import Question, Rate, as_table, evaluate, read_questions, scores_as_json
from assistant.evaluation.marking import MEASURES, Marks, mark, normalise
from assistant.evaluation.scores import area_under_curve, rate
from assistant.evidence import Evidence
from assistant.reader import Reading
from ingest.archive import opened_archive
from ingest.articles import Article, Rejection
from ingest.dates import NewsDate
from ingest.passages import Passage
from tests.conftest import Ingest, word_count_encoder
from ui.evaluation import evaluate_file

TODAY = date(2024, 7, 1)
TALKS = Article(
    "talks",
    "Elle s’est réunie. Elle pèse 3\u202f000\xa0tonnes. Il a plu.",
    "La commission",
    language="fr",
    published=NewsDate("2024-01"),
    outlet="Le Temps",
    source="a.jsonl:1",
)
HARBOUR = Article("harbour", "The workers walked out. Nobody fell.", "The harbour", language="en")
WEIGHT = (19, 42)  # Elle pèse 3 000 tonnes.
READ = Reading(5.0, 4.0, WEIGHT)

QUESTION = Question("one", "How much?", "en", "talks", "3 000 tonnes", ("Elle pèse 3 000 tonnes.",))
UNANSWERABLE = Question("none", "Who?", "fr")

numbers = st.floats(0, 1, allow_subnormal=False)


def found(*articles: Article, reading: Reading | None = None) -> list[Evidence]:
    return [
        Evidence(number, article, Passage(0, len(article.text)), 1.0, 0.5, reading=reading)
        for number, article in enumerate(articles, start=1)
    ]


def answered(*citations: Citation, status: Status = "answered") -> Answer:
    return Answer("en", status, (), citations, Searched(2, ("en", "fr"), "2024-01"))


def mark_answer(*citations: Citation, reading: Reading | None = READ) -> Marks:
    return mark(QUESTION, found(TALKS, reading=reading), answered(*citations))


def line(**fields: object) -> str:
    usual = {"id": "one", "question": "Who?", "language": "en", "article": None, "answer": None}
    return json.dumps(usual | fields)


def test_the_rank_is_that_of_the_first_passage_that_holds_a_sentence_of_the_evidence() -> None:
    marks = mark(QUESTION, found(HARBOUR, TALKS), answered())
    assert (marks["passage.recall@1"], marks["passage.recall@5"]) == (0, 1)
    assert marks["passage.reciprocal_rank"] == 0.5


def test_the_fifth_passage_is_among_five() -> None:
    marks = mark(QUESTION, found(*[HARBOUR] * 4, TALKS), answered())
    assert (marks["passage.recall@1"], marks["passage.recall@5"]) == (0, 1)


def test_an_article_ranks_where_its_best_passage_does() -> None:
    marks = mark(QUESTION, found(HARBOUR, HARBOUR, TALKS), answered())
    assert marks["article.reciprocal_rank"] == 0.5
    assert marks["passage.reciprocal_rank"] == pytest.approx(1 / 3)


def test_what_is_not_found_has_no_rank() -> None:
    marks = mark(QUESTION, found(HARBOUR), answered())
    assert {marks[name] for name in marks if "recall" in name or "rank" in name} == {0}


def test_spaces_of_any_kind_are_the_same_to_a_mark() -> None:
    assert mark_answer(Citation(1, TALKS, *WEIGHT))["answer.quoted"] == 1


def test_a_quote_without_the_gold_string_is_none() -> None:
    assert mark_answer(Citation(1, TALKS, 0, 18))["answer.quoted"] == 0


@pytest.mark.parametrize(
    ("span", "holds", "equals"),
    [((29, 41), 1, 1), (WEIGHT, 1, 0), ((19, 28), 0, 0)],
    ids=["the words", "the sentence", "other words"],
)
def test_marked_words_hold_the_gold_string_or_are_it(
    span: tuple[int, int], holds: float, equals: float
) -> None:
    marks = mark_answer(Citation(1, TALKS, *WEIGHT, answer=span))
    assert (marks["answer.marked"], marks["answer.marked_exactly"]) == (holds, equals)


def test_an_answer_without_marked_words_holds_no_gold_string_in_them() -> None:
    assert mark_answer(Citation(1, TALKS, *WEIGHT))["answer.marked"] == 0


@pytest.mark.parametrize("reading", [None, Reading(5.0, 4.0)], ids=["none", "a cross-encoder"])
def test_no_answer_is_judged_by_words_that_no_reader_could_mark(reading: Reading | None) -> None:
    assert "answer.marked" not in mark_answer(Citation(1, TALKS, *WEIGHT), reading=reading)


@pytest.mark.parametrize(
    ("status", "refused"), [("answered", 0.0), ("closest", 1.0), ("not_found", 1.0)]
)
def test_anything_but_an_answer_is_a_refusal(status: Status, refused: float) -> None:
    answer = answered(status=status)
    assert mark(UNANSWERABLE, [], answer) == {"refusals.kept": refused}
    assert mark(QUESTION, [], answer)["refusals.wrong"] == refused


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("the Welsh Parliament", "Welsh parliament."),
        ("l’État", "État"),
        ("les 12\xa0% restants", "12 % restants"),
        ("“Twp” and Pwp", "Twp and Pwp"),
    ],
)
def test_articles_case_and_punctuation_do_not_tell_answers_apart(written: str, same: str) -> None:
    assert normalise(written) == normalise(same)


@given(st.lists(numbers, min_size=1, max_size=50))
def test_a_rate_lies_within_its_interval_and_its_marks(marks: list[float]) -> None:
    found = rate(marks)
    assert min(marks) - 1e-9 <= found.low <= found.high <= max(marks) + 1e-9
    assert found == rate(marks)
    assert found.questions == len(marks)


def test_an_interval_narrows_with_the_number_of_questions() -> None:
    few, many = rate([0, 1] * 10), rate([0, 1] * 1000)
    assert few.value == many.value == 0.5
    assert 0.15 < few.high - 0.5 < 0.3
    assert 0.015 < many.high - 0.5 < 0.03


@given(st.lists(numbers, min_size=1), st.lists(numbers, min_size=1))
def test_the_area_of_either_side_and_of_the_other_make_one(
    ups: list[float], downs: list[float]
) -> None:
    one, other = area_under_curve(ups, downs), area_under_curve(downs, ups)
    assert one is not None and other is not None
    assert one + other == pytest.approx(1)


def test_the_area_counts_how_often_the_answerable_comes_first() -> None:
    assert area_under_curve([3, 2], [1, 2]) == pytest.approx(3.5 / 4)
    assert area_under_curve([3, 2], []) is None


def test_a_bad_line_is_named_and_stops_nothing(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    bad = ["{", "[]", line(question="?!"), line(language="English"), line(asked="soon"), "{}"]
    text = "\n".join([line(id=7, asked="2024-02-01"), "", *bad, line(id="last")])
    file.write_bytes(b"\xef\xbb\xbf" + text.encode() + b"\n\xff\n")
    first, *rejected, last, encoding = read_questions(file)
    assert first == Question("7", "Who?", "en", asked=date(2024, 2, 1))
    assert last == Question("last", "Who?", "en")
    named = [item for item in [*rejected, encoding] if isinstance(item, Rejection)]
    assert [item.source for item in named] == [f"{file}:{n}" for n in (3, 4, 5, 6, 7, 8, 10)]
    starts = ("is not JSON", "line", "question", "language", "asked", "id", "is not UTF-8")
    assert all(item.reason.startswith(start) for item, start in zip(named, starts, strict=True))


@pytest.fixture
def archive(tmp_path: Path, folder: Path, ingest: Ingest) -> Path:
    articles = (
        {"id": "talks", "language": "fr", "title": TALKS.title, "text": TALKS.text},
        {"id": "harbour", "language": "en", "title": HARBOUR.title, "text": HARBOUR.text},
    )
    lines = "\n".join(map(json.dumps, articles))
    (tmp_path / "articles.jsonl").write_text(lines, encoding="utf-8")
    ingest(tmp_path / "articles.jsonl")
    return folder


def test_scores_are_split_by_the_languages_of_question_and_article(archive: Path) -> None:
    questions = [
        Question("a", "Who walked out?", "en", "harbour", "workers", ("The workers walked out.",)),
        Question("b", "Pèse 3 000 tonnes ?", "fr", "talks", "3 000 tonnes", QUESTION.evidence),
        Question("c", "Who flew to the moon?", "en"),
        Question("d", "Who?", "en", "lost"),
    ]
    with opened_archive(archive, word_count_encoder) as opened:
        scores = evaluate(questions, Assistant(opened), today=TODAY)
    assert sorted(scores.pairs) == ["en-en", "en-missing", "en-none", "fr-fr"]
    assert scores.missing == ("d",)
    assert scores.languages["en"].questions == 3
    assert scores.pairs["fr-fr"].rates["passage.recall@1"] == Rate(1, 1, 1, 1)
    assert scores.pairs["fr-fr"].rates["answer.quoted"].value == 1
    assert "passage.recall@1" not in scores.pairs["en-none"].rates
    assert set(scores.total.rates) == {name for name in MEASURES if "marked" not in name}
    assert scores.total.separation is not None and 0 < scores.total.median <= scores.total.p95


def test_scores_read_the_same_by_machine_and_by_eye(archive: Path) -> None:
    questions = [Question("a", "Who walked out?", "en", "harbour", "workers", ("Nobody fell.",))]
    with opened_archive(archive, word_count_encoder) as opened:
        scores = evaluate(questions, Assistant(opened), today=TODAY)
    data = json.loads(json.dumps(scores_as_json(scores)))
    certain = {"value": 1, "low": 1, "high": 1, "questions": 1}
    assert data["passage"]["recall@1"] == certain
    assert data["by_languages"]["en-en"]["answer"]["quoted"] == certain
    assert data["refusals"] == {"kept": None, "wrong": {**certain, "value": 0, "low": 0, "high": 0}}
    console = Console(width=80)
    with console.capture() as capture:
        console.print(as_table(scores))
    rows = [row.split() for row in capture.get().splitlines()]
    assert ["all", "en", "en→en"] in rows
    assert ["answer", "quoted", "1.00", "1.00–1.00", "1.00", "1.00"] in rows


def test_a_file_of_questions_is_scored_with_a_line_for_each(
    tmp_path: Path, archive: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file, details = tmp_path / "questions.jsonl", tmp_path / "made" / "details.jsonl"
    file.write_text("\n".join([line(question="Who walked out?", article="harbour"), "{"]))
    with opened_archive(archive, word_count_encoder) as opened:
        assistant = Assistant(opened)
        assert evaluate_file(file, assistant, today=TODAY, details=details, as_json=True)
        passages = search_as_json(assistant.search("Who walked out?", 10, today=TODAY))
        *_, answer = assistant.ask("Who walked out?", today=TODAY)
    printed = capsysbinary.readouterr()
    assert json.loads(printed.out)["rejected"][0]["source"] == f"{file}:2"
    assert f"{file}:2: is not JSON".encode() in printed.err
    detail = json.loads(details.read_text())
    assert detail["id"] == "one" and detail["milliseconds"] > 0
    assert detail["passages"] == passages
    assert detail["answer"] == json.loads(json.dumps(answer_as_json(answer)))


def test_a_file_without_a_question_scores_nothing(tmp_path: Path, archive: Path) -> None:
    (tmp_path / "questions.jsonl").write_text("{}\n")
    with opened_archive(archive, word_count_encoder) as opened:
        assert not evaluate_file(
            tmp_path / "questions.jsonl",
            Assistant(opened),
            today=TODAY,
            details=None,
            as_json=False,
        )


def test_the_contract_names_every_field_of_a_passage_and_of_a_citation() -> None:
    passage = search_as_json(found(TALKS))[0]
    assert passage == {
        "rank": 1,
        "article": "talks",
        "source": "a.jsonl:1",
        "title": "La commission",
        "outlet": "Le Temps",
        "published": "2024-01",
        "language": "fr",
        "text": TALKS.text,
        "start": 0,
        "end": len(TALKS.text),
    }
    answer = answer_as_json(answered(Citation(1, TALKS, *WEIGHT, answer=(29, 41))))
    assert set(answer) == {
        "answer", "language", "status", "sentences", "citations", "window", "searched", "model",
        "notice",
    }  # fmt: skip
    kept = {name: passage[name] for name in passage if name not in ("rank", "text")}
    quote = {"number": 1, "quote": TALKS.text[19:42], "start": 19, "end": 42}
    words = {"precision": "month", "answer_start": 29, "answer_end": 41, "copies": []}
    assert answer["citations"] == [kept | quote | words]
