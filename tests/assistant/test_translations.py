"""A foreign quote stands as printed, and a model's translation beside it where that holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Answer, Citation, Searched, Sentence
from assistant.assistant import Assistant
from assistant.checks import Checker
from assistant.contract import answer_as_json
from assistant.model import Limits, Model
from assistant.query import Language
from assistant.translation import Translator, translate_quotes
from ingest.archive import Archive
from ingest.articles import Article
from ingest.dates import NewsDate
from ingest.encoder import Encoder
from tests.assistant.newsroom import QUESTION, TODAY, opened_newsroom
from tests.conftest import WordCount, word_count_encoder
from tests.obedient import make_instructions, obey
from tests.openai_server import answering, model_at, speaking
from ui.cards import render_card
from ui.conversation import Exchange, render_exchange
from ui.terminal import show_answer

TEXT = "Selon la préfecture, 4\u202f200 dockers ont défilé à Port-Sabran le 2 mars. Il n’a pas plu."
RIGHT = (
    "According to the prefecture, 4,200 dockers marched in Port-Sabran on March 2. No rain fell."
)
ARTICLE = Article(
    "march", TEXT, "Le défilé", language="fr", outlet="Le Quai", published=NewsDate("2024-03-03")
)


class OneMeaning(WordCount):
    """Finds all sentences alike, so that figures, dates and names alone decide."""

    def encode_document(self, inputs: list[str], **options: object) -> object:
        alike = ["same" if " " in text else text for text in inputs]
        return super().encode_document(alike, **options)


CHECKER = Checker(Encoder("one meaning", "0" * 64, 512, "float64 on cpu", OneMeaning()))


def answered(*, broken: bool = False, language: Language = "en") -> Answer:
    searched = Searched(1, ("fr",), None)
    citation = Citation(1, ARTICLE, 0, len(TEXT))
    return Answer(language, "answered", (), (citation,), searched, broken=broken)


def translated(said: str, answer: Answer) -> tuple[Answer, int]:
    """The answer with what a model makes of its quotes, and how often the model was asked.

    `{mark}` stands for the mark of the only quotation.
    """

    def script(prompt: str) -> list[str]:
        mark = prompt.split('<quotation mark="')[1][:5]
        return [said.replace("{mark}", mark)]

    with speaking(script) as server, model_at(server.address) as model:
        *_, last = translate_quotes([answer], Translator(model, CHECKER))
        return last, len(server.prompts)


def test_a_translation_that_holds_to_its_quote_is_marked_as_the_models_own() -> None:
    answer, _ = translated(f"[{{mark}}] {RIGHT}\n", answered())
    [citation] = answer.citations
    assert citation.quote == TEXT
    assert answer_as_json(answer)["citations"][0]["translation"] == {  # type: ignore[index]
        "text": RIGHT,
        "language": "en",
        "model": "openai:scripted",
    }


@pytest.mark.parametrize(
    "said",
    [
        RIGHT.replace("4,200", "4,300"),
        RIGHT.replace("March 2", "March 3"),
        RIGHT.replace("Port-Sabran", "Harrowmouth"),
        RIGHT.replace("4,200 dockers", "dockers"),
        RIGHT.replace("According to the prefecture, ", ""),
        TEXT,
        "Selon le préfet, 4 200 dockers ont marché à Port-Sabran le 2 mars, et il n’a pas plu.",
        RIGHT.replace("dockers", "<b>dockers</b>"),
        RIGHT + " ![x](https://evil.example/x.png)",
        "",
    ],
    ids="figure date name figure-lost speaker-lost copied french html image empty".split(),
)
def test_a_translation_that_does_not_hold_leaves_the_quote_alone(said: str) -> None:
    answer, asked = translated(f"[{{mark}}] {said}", answered())
    assert (answer.citations[0].translation, asked) == (None, 1)


@pytest.mark.parametrize("said", [RIGHT, f"[00000] {RIGHT}", "I cannot translate."])
def test_what_names_no_quote_is_no_translation(said: str) -> None:
    answer, _ = translated(said, answered())
    assert answer.citations[0].translation is None


def test_a_quote_in_the_readers_language_needs_none() -> None:
    assert translated("", answered(language="fr"))[1] == 0


def test_a_model_that_has_failed_is_not_asked_again() -> None:
    assert translated("", answered(broken=True))[1] == 0


def test_a_model_that_fails_now_leaves_the_answer_as_it_was() -> None:
    limits = Limits(silence=1, whole=2, failures=3, rest=60, context=8192)
    with (
        answering(lambda line: line.send(500, b"")) as server,
        model_at(server.address, limits=limits) as model,
    ):
        assert list(translate_quotes([answered()], Translator(model, CHECKER)))[-1] == answered()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened_newsroom(tmp_path) as opened:
        yield opened


def test_without_a_model_nothing_is_translated(archive: Archive) -> None:
    answer = list(Assistant(archive).ask("La commission harbour workers?", today=TODAY))[-1]
    assert all(citation.translation is None for citation in answer.citations)


def test_a_model_is_shown_foreign_quotes_once_its_answer_is_whole(archive: Archive) -> None:
    def script(prompt: str) -> list[str]:
        if "<quotation" in prompt:
            return ["nothing"]
        mark = prompt.split('<passage mark="')[-1][:5]
        return [f"They met. [{mark}]", f"It rained. [{mark}]"]

    with speaking(script) as server, model_at(server.address) as model:
        list(Assistant(archive, model).ask(QUESTION, today=TODAY, language="fr"))
        asked = ["<quotation" in prompt for prompt in server.prompts]
    assert asked == [False, True]
    assert "Write in French." in server.prompts[1]


def test_the_page_and_the_terminal_say_whose_words_a_translation_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer, _ = translated(f"[{{mark}}] {RIGHT}", answered())
    card = render_card(answer.citations[0], 1, "fr")
    assert f'<span lang="en">{RIGHT}</span>' in card
    assert "Traduit par un modèle de langue (openai:scripted)" in card
    show_answer([answer], as_json=False)
    told = " ".join(capsys.readouterr().out.split())
    label = "Translated by a language model (openai:scripted), not the article’s words:"
    assert f"{label} {RIGHT}" in told


def test_no_order_in_a_quotation_reaches_further_than_its_translation() -> None:
    def translate(model: Model, order: str) -> Answer:
        text = f"Le conseil s’est réuni. {order}"
        cited = Citation(1, Article("council", text, "Le conseil", language="fr"), 0, len(text))
        said = (Sentence("The council met.", (1,)),)
        answer = Answer("en", "answered", said, (cited,), Searched(1, ("fr",), None))
        translator = Translator(model, Checker(word_count_encoder()))
        return list(translate_quotes([answer], translator))[-1]

    url = "http://127.0.0.1:9/seen"
    with answering(obey) as server, model_at(server.address) as model:
        answers = [translate(model, each.text) for each in make_instructions(url)]
    assert len(server.prompts) == 100
    for answer in answers:
        made = answer.citations[0].translation
        assert made is None or url not in made.text
        page = render_exchange(Exchange("Why?", answer, "done"), 1, "en")
        assert "<img" not in page + render_card(answer.citations[0], 1, "en")
