"""What has another name in the other language, beside the countries that Unicode's CLDR knows."""

from functools import cache

from assistant.names import countries

# French name: English name, folded; spelling alone tells neither.
_PLACES = """londres: london|bruxelles: brussels|geneve: geneva|vienne: vienna|moscou: moscow
pekin: beijing|le caire: cairo|athenes: athens|lisbonne: lisbon|varsovie: warsaw
copenhague: copenhagen|la haye: the hague|anvers: antwerp|bale: basel|edimbourg: edinburgh
francfort: frankfurt|aix-la-chapelle: aachen|venise: venice|genes: genoa|saragosse: zaragoza
alger: algiers|tanger: tangier|le cap: cape town|la nouvelle-orleans: new orleans
la mecque: mecca|beyrouth: beirut|damas: damascus|alep: aleppo|bagdad: baghdad|mossoul: mosul
teheran: tehran|kaboul: kabul|riyad: riyadh|djeddah: jeddah|kyiv: kiev|douvres: dover
cornouailles: cornwall|galles: wales|ecosse: scotland|angleterre: england|bretagne: brittany
normandie: normandy|bourgogne: burgundy|savoie: savoy|corse: corsica|sicile: sicily
sardaigne: sardinia|baviere: bavaria|saxe: saxony|rhenanie: rhineland|californie: california
floride: florida|caroline: carolina|virginie: virginia|hawai: hawaii|tamise: thames|rhin: rhine
nil: nile|euphrate: euphrates|manche: channel|mediterranee: mediterranean|atlantique: atlantic
pacifique: pacific|baltique: baltic|proche-orient: middle east|moyen-orient: middle east
cisjordanie: west bank|afrique: africa|asie: asia|amerique: america|oceanie: oceania
antarctique: antarctica|grande-bretagne: britain|royaume-uni: united kingdom
royaume-uni: britain|etats-unis: united states|etats-unis: america|birmanie: burma
birmanie: myanmar|cote d'ivoire: ivory coast|pays-bas: netherlands|hollande: holland
maison blanche: white house"""

_BODIES = """onu: un|nations unies: united nations|onu: united nations|nations unies: un
otan: nato|ue: eu|union europeenne: european union|ue: european union|union europeenne: eu
oms: who|oms: world health organization|fmi: imf|omc: wto|ocde: oecd|aiea: iaea|cpi: icc
cij: icj|bce: ecb|usa: us|etats-unis: us|etats-unis: usa|etats-unis: american|ru: uk
royaume-uni: uk|grande-bretagne: british|union africaine: african union|ua: au
croix-rouge: red cross|ei: is|etat islamique: islamic state|daech: islamic state|opep: opec
sida: aids|vih: hiv|ong: ngo|pib: gdp|tva: vat|coupe du monde: world cup"""

_PEOPLES = """americain: american|britannique: british|anglais: english|ecossais: scottish
gallois: welsh|irlandais: irish|allemand: german|francais: french|espagnol: spanish
italien: italian|portugais: portuguese|belge: belgian|neerlandais: dutch|suisse: swiss
autrichien: austrian|suedois: swedish|norvegien: norwegian|danois: danish|finlandais: finnish
polonais: polish|tcheque: czech|hongrois: hungarian|roumain: romanian|bulgare: bulgarian
grec: greek|turc: turkish|russe: russian|ukrainien: ukrainian|georgien: georgian|serbe: serbian
chinois: chinese|japonais: japanese|coreen: korean|indien: indian|pakistanais: pakistani
iranien: iranian|irakien: iraqi|israelien: israeli|palestinien: palestinian|syrien: syrian
libanais: lebanese|jordanien: jordanian|egyptien: egyptian|saoudien: saudi|yemenite: yemeni
algerien: algerian|marocain: moroccan|tunisien: tunisian|libyen: libyan|malien: malian
senegalais: senegalese|tchadien: chadian|soudanais: sudanese|ethiopien: ethiopian
congolais: congolese|sud-africain: south african|canadien: canadian|mexicain: mexican
bresilien: brazilian|argentin: argentine|chilien: chilean|colombien: colombian
venezuelien: venezuelan|cubain: cuban|australien: australian|europeen: european
africain: african|asiatique: asian|arabe: arab|kurde: kurdish|chiite: shia|sunnite: sunni
musulman: muslim|juif: jewish|chretien: christian"""


def other_names(folded: str) -> frozenset[str]:
    """What a place, a body or a people is called in the other language, folded."""
    return _exonyms().get(folded, frozenset()) | frozenset(countries().get(folded, ()))


@cache
def _exonyms() -> dict[str, frozenset[str]]:
    pairs = [
        (french.strip(), english.strip())
        for table in (_PLACES, _BODIES, _PEOPLES)
        for french, english in (entry.split(":") for entry in table.replace("\n", "|").split("|"))
    ]
    both = pairs + [(there, here) for here, there in pairs]
    return {name: frozenset(other for one, other in both if one == name) for name, _ in both}
