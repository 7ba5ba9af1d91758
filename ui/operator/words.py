"""The words of the operator's page, in English and French."""

from typing import Final

from assistant.query import Language

OPERATOR: Final[dict[str, dict[Language, str]]] = {
    "operator": {"en": "The archive, for its operators", "fr": "L’archive, côté exploitation"},
    "label": {"en": "{name}:", "fr": "{name}\u00a0:"},
    "to_operators": {"en": "Look after the archive", "fr": "S’occuper de l’archive"},
    "to_chat": {"en": "To the chat", "fr": "Vers le chat"},
    "other_language": {"en": "Français", "fr": "English"},
    "only_operators": {
        "en": "This page is for those who look after the archive.",
        "fr": "Cette page est réservée aux personnes qui s’occupent de l’archive.",
    },
    "add": {"en": "Add articles", "fr": "Ajouter des articles"},
    "add_files": {"en": "Files", "fr": "Fichiers"},
    "add_files_hint": {
        "en": "Text, web pages, feeds, JSON, CSV, NewsML-G2, NITF, PDF, mail, or an archive of "
        "these; {size} MB at most.",
        "fr": "Texte, pages web, flux, JSON, CSV, NewsML-G2, NITF, PDF, courriels, ou une archive "
        "de ceux-ci ; {size} Mo au plus.",
    },
    "add_outlet": {
        "en": "Outlet, where a file names none",
        "fr": "Titre, si le fichier n’en dit rien",
    },
    "add_send": {"en": "Add the files", "fr": "Ajouter les fichiers"},
    "add_feed": {"en": "A feed", "fr": "Un flux"},
    "feed_address": {"en": "Address of the feed", "fr": "Adresse du flux"},
    "feed_send": {"en": "Read it once", "fr": "Le lire une fois"},
    "feed_hosts": {"en": "Hosts that may be asked: {hosts}.", "fr": "Hôtes autorisés : {hosts}."},
    "feed_no_hosts": {
        "en": "No host may be asked yet: name it in the setting feed_hosts.",
        "fr": "Aucun hôte n’est autorisé : nommez-le dans le réglage feed_hosts.",
    },
    "sending": {"en": "Sending {name}", "fr": "Envoi de {name}"},
    "sent_too_large": {
        "en": "{name} is larger than {size} MB.",
        "fr": "{name} dépasse {size} Mo.",
    },
    "sent_in_vain": {
        "en": "{name} did not arrive: try again.",
        "fr": "{name} n’est pas arrivé : réessayez.",
    },
    "added_none": {"en": "Nothing was added yet.", "fr": "Rien n’a encore été ajouté."},
    "added_list": {"en": "Added since the start", "fr": "Ajouts depuis le démarrage"},
    "state_waiting": {"en": "Waiting", "fr": "En attente"},
    "state_reading": {
        "en": "Being read: {articles} so far",
        "fr": "Lecture : {articles} jusqu’ici",
    },
    "state_failed": {
        "en": "Failed: the log says why, incident {incident}.",
        "fr": "Échec : le journal dit pourquoi, incident {incident}.",
    },
    "ended": {
        "en": "{added} new, {updated} changed, {unchanged} known already, {withdrawn} withdrawn, "
        "{rejected} left out",
        "fr": "{added} nouveaux, {updated} modifiés, {unchanged} déjà connus, {withdrawn} retirés, "
        "{rejected} écartés",
    },
    "more": {"en": "and {count} more", "fr": "et {count} de plus"},
    "coverage": {"en": "What the archive holds", "fr": "Ce que contient l’archive"},
    "coverage_days": {"en": "{count} days", "fr": "{count} jours"},
    "earlier": {"en": "Earlier", "fr": "Plus tôt"},
    "later": {"en": "Later", "fr": "Plus tard"},
    "by_language": {"en": "Articles a day, by language", "fr": "Articles par jour, par langue"},
    "most_a_day": {"en": "at most {articles} a day", "fr": "au plus {articles} par jour"},
    "by_outlet": {"en": "By outlet", "fr": "Par titre"},
    "outlet": {"en": "Outlet", "fr": "Titre"},
    "all_articles": {"en": "All", "fr": "Total"},
    "of_period": {"en": "In these days", "fr": "Ces jours-ci"},
    "newest_article": {"en": "Newest", "fr": "Dernier"},
    "day_by_day": {"en": "Day by day", "fr": "Jour par jour"},
    "silent": {"en": "Gaps", "fr": "Silences"},
    "silent_none": {"en": "none", "fr": "aucun"},
    "silent_days": {
        "en": "{first} – {last} ({count} days)",
        "fr": "{first} – {last} ({count} jours)",
    },
    "silent_says": {
        "en": "Red: nothing for three times as long as usual, three days at least.",
        "fr": "En rouge : rien depuis trois fois plus longtemps que d’ordinaire, 3 jours au moins.",
    },
    "intake": {"en": "Last ingest", "fr": "Dernière ingestion"},
    "intake_none": {
        "en": "Not known: none was remembered.",
        "fr": "Inconnue : aucune n’est notée.",
    },
    "intake_ended": {"en": "{moment}, in {seconds} s", "fr": "{moment}, en {seconds} s"},
    "rejected": {"en": "Left out", "fr": "Écartés"},
    "rejected_none": {
        "en": "Everything could be read.",
        "fr": "Tout a pu être lu.",
    },
    "rejected_source": {"en": "Source", "fr": "Source"},
    "rejected_reason": {"en": "Reason", "fr": "Raison"},
    "rejected_seen": {"en": "Last tried", "fr": "Dernier essai"},
    "copying": {"en": "Copies", "fr": "Copies"},
    "copying_none": {"en": "No story stands here twice.", "fr": "Aucun sujet n’est en double."},
    "copying_count": {
        "en": "{stories} stories stand in {articles}; each counts once.",
        "fr": "{stories} sujets se trouvent dans {articles} ; chacun compte une fois.",
    },
    "unanswered": {"en": "Questions without an answer", "fr": "Questions sans réponse"},
    "unanswered_none": {
        "en": "Every question that is kept found an answer.",
        "fr": "Chaque question gardée a trouvé une réponse.",
    },
    "unanswered_hidden": {
        "en": "The setting show_questions keeps them from you.",
        "fr": "Le réglage show_questions vous les cache.",
    },
    "unanswered_says": {
        "en": "From kept conversations, without names.",
        "fr": "Tirées des conversations gardées, sans noms.",
    },
    "verdicts": {"en": "What readers said", "fr": "Avis des lecteurs"},
    "verdicts_none": {"en": "No reader has judged an answer.", "fr": "Aucun avis pour le moment."},
    "verdicts_save": {
        "en": "Save as draft lines for depeche eval",
        "fr": "Enregistrer comme brouillons pour depeche eval",
    },
    "verdict_right": {"en": "Right", "fr": "Juste"},
    "verdict_wrong": {"en": "Wrong", "fr": "Faux"},
    "verdict_unsupported": {"en": "Not in its source", "fr": "Pas dans la source"},
    "verdict_outdated": {"en": "Out of date", "fr": "Dépassé"},
    "verdict_missing": {"en": "Something missing", "fr": "Incomplet"},
    "health": {"en": "Model and index", "fr": "Modèle et index"},
    "well": {"en": "well", "fr": "en ordre"},
    "unwell": {"en": "look at this", "fr": "à voir"},
    "model": {"en": "Language model", "fr": "Modèle de langue"},
    "model_none": {"en": "none: answers are quotes", "fr": "aucun : réponses en citations"},
    "model_asked": {
        "en": "{name}, asked for every answer",
        "fr": "{name}, sollicité à chaque réponse",
    },
    "model_rests": {
        "en": "{name}, left alone for {seconds} s after failures",
        "fr": "{name}, laissé {seconds} s au repos après des échecs",
    },
    "encoder": {"en": "Encoder", "fr": "Encodeur"},
    "reader": {"en": "Reader", "fr": "Lecteur"},
    "reader_none": {"en": "none", "fr": "aucun"},
    "in_the_box": {"en": "in the box", "fr": "fourni"},
    "index": {"en": "Index", "fr": "Index"},
    "index_holds": {
        "en": "{meaning} of {passages} passages by meaning, {words} by words",
        "fr": "{meaning} des {passages} passages par le sens, {words} par les mots",
    },
    "index_elsewhere": {
        "en": "kept by another process; answers come from the ledger",
        "fr": "tenu par un autre processus ; les réponses viennent du registre",
    },
    "index_pending": {
        "en": "{articles} being taken in",
        "fr": "{articles} en cours de prise en compte",
    },
    "index_doubt": {
        "en": "damaged, and being built anew",
        "fr": "endommagé, en cours de reconstruction",
    },
    "index_mended": {
        "en": "was damaged, and was built anew at the start",
        "fr": "était endommagé, reconstruit au démarrage",
    },
    "disk": {"en": "Disk", "fr": "Disque"},
    "disk_free": {"en": "{size} GB free", "fr": "{size} Go libres"},
}
