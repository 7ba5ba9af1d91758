"""The demonstration archive: what a newcomer asks before bringing their own articles."""

NOTICE_EN = "This is a demonstration archive: 60 articles written for it, five invented outlets."
NOTICE_FR = (
    "Ceci est une archive de démonstration\u00a0: 60 articles écrits pour elle, "
    "cinq titres inventés."
)
