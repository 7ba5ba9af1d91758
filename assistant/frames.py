"""The few words of our own around quotes, in the reader's language."""

import re
from collections.abc import Sequence

from assistant.checks.figures import Figure
from assistant.query import Language
from ingest.articles import Article
from ingest.dates import NewsDate
from ingest.stories import Copy

_WORDS = {
    "closest": {
        "en": "The archive does not seem to answer this. The closest passage:",
        "fr": "L’archive ne semble pas y répondre. Le passage le plus proche :",
    },
    "missing": {
        "en": "No passage mentions {names}.",
        "fr": "Aucun passage ne mentionne {names}.",
    },
    "untold_money": {
        "en": "No sum of money stands near what you ask about.",
        "fr": "Aucune somme d’argent ne figure près de ce que vous demandez.",
    },
    "untold_figure": {
        "en": "No figure stands near what you ask about.",
        "fr": "Aucun chiffre ne figure près de ce que vous demandez.",
    },
    "untold_date": {
        "en": "No date stands near what you ask about.",
        "fr": "Aucune date ne figure près de ce que vous demandez.",
    },
    "not_found": {
        "en": "Nothing in the archive comes close to this question.",
        "fr": "Rien dans l’archive n’approche de cette question.",
    },
    "searched": {
        "en": "Searched: {articles} in {languages}, the newest of {newest}.",
        "fr": "Recherche faite dans {articles} en {languages}, le plus récent daté de {newest}.",
    },
    "empty_archive": {
        "en": "The archive holds no article yet.",
        "fr": "L’archive ne contient encore aucun article.",
    },
    "timeline_of": {"en": "Timeline: {topic}", "fr": "Chronologie\u00a0: {topic}"},
    "briefing_on": {"en": "Briefing: {topic}", "fr": "Synthèse\u00a0: {topic}"},
    "without_date": {"en": "Undated", "fr": "Sans date"},
    "other_points": {"en": "Also", "fr": "Autres points"},
    "no_events": {
        "en": "Nothing in the archive tells what happened about this.",
        "fr": "Rien dans l’archive ne raconte ce qui s’est passé à ce sujet.",
    },
    "searched_for": {"en": "Searched for: {question}", "fr": "Recherché\u00a0: {question}"},
    "model_failed": {
        "en": "The language model did not answer: these are the articles' own words.",
        "fr": "Le modèle de langue n’a pas répondu : voici les mots mêmes des articles.",
    },
    "model_too_long": {
        "en": "The passages were too long for the language model: "
        "these are the articles' own words.",
        "fr": "Les passages étaient trop longs pour le modèle de langue : "
        "voici les mots mêmes des articles.",
    },
    "model_slow": {
        "en": "The language model took too long: these are the articles' own words.",
        "fr": "Le modèle de langue a trop tardé : voici les mots mêmes des articles.",
    },
    "model_resting": {
        "en": "The language model is unavailable for now: these are the articles' own words.",
        "fr": "Le modèle de langue est indisponible pour l’instant : "
        "voici les mots mêmes des articles.",
    },
    "model_cut": {
        "en": "The language model broke off: this answer is not complete.",
        "fr": "Le modèle de langue s’est interrompu : cette réponse n’est pas complète.",
    },
    "meaning_away": {
        "en": "The index of meaning is away for now: only the question's own words were searched.",
        "fr": "L’index du sens est absent pour l’instant : "
        "seuls les mots mêmes de la question ont été cherchés.",
    },
    "stopping": {
        "en": "The server is being restarted: this answer is not complete. Ask again in a minute.",
        "fr": "Le serveur redémarre : cette réponse n’est pas complète. Reposez la question dans "
        "une minute.",
    },
    "outside": {
        "en": "Nothing published {days} answers this. The closest, from outside these days:",
        "fr": "Rien de ce qui a paru {days} n’y répond. Le plus proche, hors de cette période :",
    },
    "window": {
        "en": "Only articles published {days}",
        "fr": "Seulement les articles parus {days}",
    },
    "window_why": {
        "en": "Only articles published {days} (“{why}”)",
        "fr": "Seulement les articles parus {days} («\u202f{why}\u202f»)",
    },
    "on_day": {"en": "on {first}", "fr": "le {first}"},
    "days_first_last": {"en": "from {first} to {last}", "fr": "du {first} au {last}"},
    "days_first": {"en": "since {first}", "fr": "depuis le {first}"},
    "days_last": {"en": "until {last}", "fr": "jusqu’au {last}"},
    "stale": {
        "en": "You ask how things stand. The newest source quoted here: {date}.",
        "fr": "Vous demandez où en sont les choses. La plus récente source citée ici : {date}.",
    },
    "vague": {
        "en": "May lie outside these days, for want of an exact date: {sources}.",
        "fr": "Peut sortir de cette période, faute de date exacte : {sources}.",
    },
    "undated": {
        "en": "Articles without a date, left out: {count}.",
        "fr": "Articles sans date, laissés de côté : {count}.",
    },
    "reach": {
        "en": "Newest source: {newest}. Newest article in the archive: {reach}.",
        "fr": "Source la plus récente : {newest}. Dernier article de l’archive : {reach}.",
    },
    "left_out": {
        "en": "{count} sentences were left out because no source supports them.",
        "fr": "{count} phrases ont été omises, car aucune source ne les appuie.",
    },
    "left_one_out": {
        "en": "One sentence was left out because no source supports it.",
        "fr": "Une phrase a été omise, car aucune source ne l’appuie.",
    },
    "left_all_out": {
        "en": "No source supports what the language model wrote: "
        "these are the articles' own words.",
        "fr": "Aucune source n’appuie ce que le modèle de langue a écrit : "
        "voici les mots mêmes des articles.",
    },
    "differ": {"en": "The sources differ: {values}.", "fr": "Les sources divergent : {values}."},
    "went_on": {
        "en": "The story went on: {values}.",
        "fr": "L’information a évolué : {values}.",
    },
    "translated": {
        "en": "Translated by a language model ({model}), not the article’s words:",
        "fr": "Traduit par un modèle de langue ({model}), et non les mots de l’article\u00a0:",
    },
    "weak": {"en": "weakly supported", "fr": "appui faible"},
    "no_outlet": {"en": "Source not named", "fr": "Source non précisée"},
    "no_date": {"en": "undated", "fr": "sans date"},
    "opinion": {"en": "opinion", "fr": "opinion"},
    "corrected": {"en": "corrected", "fr": "corrigé"},
    "correction": {"en": "Correction: ", "fr": "Rectificatif\u00a0: "},
    "editors_note": {"en": "Editors’ note: ", "fr": "Note de la rédaction\u00a0: "},
    "remark": {"en": "Remark: ", "fr": "Remarque\u00a0: "},
    "also_in": {"en": "also in {outlets}", "fr": "aussi dans {outlets}"},
    "more": {"en": "{count} more", "fr": "{count} autres"},
    "original": {"en": "original: {outlet}", "fr": "original\u00a0: {outlet}"},
}

_GUILLEMETS, _DOUBLE = re.compile("[«»]"), re.compile('[“”"]')
_NAMED = 3  # outlets named before the rest is only counted


def say(key: str, language: Language, **blanks: str) -> str:
    """One of our sentences, with its blanks filled."""
    return _WORDS[key][language].format(**blanks)


def frame_quote(
    article: Article, quote: str, language: Language, copies: Sequence[Copy] = ()
) -> str:
    """A quote with its source in front: "Le Monde, January 2024: « … »"."""
    return f"{_lead(article, language, copies)} {put_in_quotes(quote, article.language)}"


def name_article(article: Article, language: Language, copies: Sequence[Copy] = ()) -> str:
    """An article in a list of sources: "Le Monde, January 2024: Title"."""
    return f"{_lead(article, language, copies)} {article.title}"


def _lead(article: Article, language: Language, copies: Sequence[Copy]) -> str:
    """Its source with the colon of the reader's language."""
    return source_line(article, language, copies) + ("\u00a0:" if language == "fr" else ":")


def source_line(article: Article, language: Language, copies: Sequence[Copy] = ()) -> str:
    """Outlet and date of an article, what kind it is where that matters, and who else ran it."""
    outlet = article.outlet or say("no_outlet", language)
    date = say_date(article.published, language) if article.published else say("no_date", language)
    remarks = [say("opinion", language)] if article.kind == "opinion" else []
    remarks += [say("corrected", language)] if article.status == "corrected" else []
    notes = [", ".join(remarks)] if remarks else []
    notes += say_copies(article, copies, language)
    semicolon = "\u00a0; " if language == "fr" else "; "
    return f"{outlet}, {date}" + (f" ({semicolon.join(notes)})" if notes else "")


def say_copies(article: Article, copies: Sequence[Copy], language: Language) -> list[str]:
    """Where else a story ran and who wrote it first: "also in The Mercury", "original: AFP"."""
    first = [copy.credit for copy in copies if copy.original] or [article.agency]
    original = "" if article.kind == "wire" or first[0] == article.outlet else first[0]
    known = {article.outlet, original, ""}
    outlets = [copy.outlet for copy in copies if copy.outlet not in known]
    named = list(dict.fromkeys(outlets))
    if len(named) > _NAMED + 1:
        more = say("more", language, count=str(len(named) - _NAMED))
        named = [*named[:_NAMED], more]
    said = [say("also_in", language, outlets=say_list(named, language))] if named else []
    return said + ([say("original", language, outlet=original)] if copies and original else [])


def put_in_quotes(quote: str, language: str) -> str:
    """Quotation marks as the quote's own language prints them, its other pair where it has these.

    The quote keeps its own marks, so it is ours that give way: « … “Oui” », “« Oui », dit-il.”
    """
    words = " ".join(quote.split())
    if language == "fr":
        return f"“{words}”" if _GUILLEMETS.search(words) else f"«\u202f{words}\u202f»"
    return f"‘{words}’" if _DOUBLE.search(words) else f"“{words}”"


def say_date(date: NewsDate, language: Language) -> str:
    """A date in the reader's form, no more precise than its source: "January 2024"."""
    from babel.dates import format_date, format_skeleton

    if date.precision == "year":
        return str(date.first_day.year)
    if date.precision == "month":
        return format_skeleton("yMMMM", date.first_day, locale=language)
    day = format_date(date.first_day, "long", locale=language)
    return day.replace("1 ", "1er ", 1) if language == "fr" and day.startswith("1 ") else day


def say_languages(codes: tuple[str, ...], language: Language) -> str:
    """Names of languages as a list: "English and French"."""
    from babel import Locale

    names = Locale(language).languages
    return say_list([names.get(code, code) for code in codes], language)


def say_list(items: Sequence[str], language: Language) -> str:
    """Items as a list: "one, two and three"."""
    from babel.lists import format_list

    return format_list(list(items), locale=language)


def say_number(count: int, language: Language) -> str:
    """A number in the reader's form: "1,200", "1 200"."""
    from babel.numbers import format_decimal

    return str(format_decimal(count, locale=language))


def say_articles(count: int, language: Language) -> str:
    """A number of articles: "1,200 articles", "1 200 articles"."""
    return f"{say_number(count, language)} article{'' if count == 1 else 's'}"


def say_left_out(count: int, language: Language) -> str:
    """One line about sentences that no source supports."""
    return say("left_out" if count > 1 else "left_one_out", language, count=str(count))


def say_figure(figure: Figure, language: Language) -> str:
    """A figure in the reader's form, with its unit: "1,200", "71 %"."""
    from babel.numbers import format_decimal

    value = float(figure.value)
    if figure.unit == "part":
        return f"{format_decimal(round(value * 100), locale=language)} %"
    printed = format_decimal(value, locale=language)
    if not figure.unit:
        return printed
    before = language == "en" and figure.unit != "%"
    return f"{figure.unit}{printed}" if before else f"{printed}\u00a0{figure.unit}"
