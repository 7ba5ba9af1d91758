"""How English speaks of time."""

from typing import Final

from assistant.times import stretches as makers
from assistant.times.grammar import Grammar
from assistant.times.names import WHOLE_MONTHS, one_of

_UNIT = "(?P<unit>hour|day|week|month|quarter|year|decade)"
_COUNT = (
    r"(?P<count>\d{1,3}|an|a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|couple|few|several)(?: of)?"
)
_DAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_SEASON = "spring|summer|autumn|fall|winter"
_HOUR = "(?: (?:morning|afternoon|evening|night))?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_ORDINAL = "(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th)"

_STRETCHES = {
    "the day before yesterday": makers.days_ago(2),
    f"yesterday{_HOUR}": makers.days_ago(1),
    "last night": makers.last_night,
    "today|tonight|this (?:morning|afternoon|evening)": makers.of_today,
    f"(?:a |the )?{_COUNT} {_UNIT}s? ago": makers.ago,
    f"(?:the |these )?(?:past|last) {_COUNT} {_UNIT}s?(?! of)": makers.rolling,
    f"(?:the |this )?past {_UNIT}(?! of)": makers.rolling,
    f"(?:in|over|during|within|for|throughout) the last {_UNIT}(?! of)": makers.rolling,
    f"recent {_UNIT}(?P<plural>s)": makers.rolling,
    f"the {_UNIT} (?P<before>before last)": makers.last_unit,
    "(?:the |this )?(?:last|past) (?P<unit>weekend)": makers.last_unit,
    f"last {_UNIT}(?! of)": makers.last_unit,
    f"(?:earlier |so far )?this {_UNIT}": makers.this_unit,
    f"(?:the )?(?:start|beginning) of (?:the|this) {_UNIT}": makers.this_unit,
    "(?:the|this) (?P<unit>weekend)": makers.this_unit,
    f"this (?P<season>{_SEASON})": makers.this_season,
    f"last (?P<name>{_DAY}|{one_of(WHOLE_MONTHS)}|{_SEASON}){_HOUR}": makers.last_named,
    f"(?P<name>{_DAY}|{one_of(WHOLE_MONTHS)}) last": makers.last_named,
    f"(?:the )?{_ORDINAL} quarter(?:(?: of|,)? (?:{_YEAR}|the year))?": makers.quarter_of,
    f"q(?P<ordinal>[1-4])(?:[ -]{_YEAR})?": makers.quarter_of,
    f"(?:the )?{_ORDINAL} half of {_YEAR}": makers.half_of,
    f"h(?P<ordinal>[12])[ -]{_YEAR}": makers.half_of,
}

ENGLISH: Final = Grammar(
    stretches=_STRETCHES,
    weekday=f"(?P<weekday>{_DAY}){_HOUR}",
    ranges=(
        "between ONE and TWO",
        "from ONE (?:to|until|till|through) TWO",
        "(?:in |on |during )?ONE(?: and | or | to | ?- ?)TWO",
    ),
    since=r"since(?: the (?:start|beginning) of)?|from(?= .{3,30} on(?:wards?)?\b)",
    after="after",
    before="(?<!the day )before|prior to",
    until="until|till|up to",
    within="in|on|during|over|throughout|within|at",
    linked="of|from",
    tied="the|an?|every|each|next|coming|later|early|late|black|good|easter|bloody|super|its|his"
    "|her|their|our|my",
    aimed="by|for|like|than|to|with|and|or",
    goes_on="about|and|or|but|in|on|at|by|for|from|to|with|without|over|under|against|between"
    "|after|before|as|than|that|which|who|when|where|while|because|the|an?|this|these|those|his"
    "|her|its|their|our|my|did|do|does|was|were|is|are|has|have|had|will|would|can|could|what"
    "|how|why|whether|if|not|also|only|according|concerning|regarding|there|he|she|it|they|we|i"
    "|you|please|onwards?|near|around|across|inside|outside|off|among|alone|compared|during|through|despite|since|until",
    news=r"articles?\b(?! \d)|news\b(?! (?:agency|anchor|channel|conference|outlet|site|paper))"
    r"|headlines?|coverage|the press|the papers|newspapers|dispatches|front pages?"
    r"|(?:what|anything|nothing) (?:was|were|is|has been|had been) (?:published|reported|printed"
    r"|written)|(?:papers?|journalists|reporters) (?:wrote|write|say|said|report)",
    past=r"did|was|were|has|have|been|(?:who|what|which(?: \S+){1,2}|how (?:many|much) \S+)"
    r" (?:[a-z]+ed|won|lost|went|took|met|said|fell|rose|hit|left|came|made|got)",
    elsewhen=r"will|shall|won't|going to|to come|would(?=.*\bif\b)|due(?! to)|had",
    newest=r"(?<!at the )(?:latest|newest|most recent)|what(?:'s| is) new"
    r"|last (?:\w+ )?(?:news|articles?|reports|stories|update)",
    now="now|currently|at present|at the moment|today|these days|nowadays|recently|lately|so far",
    fragment="and|what about|how about",
)
