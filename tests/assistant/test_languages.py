"""The language that a question is answered in."""

import pytest

from assistant.language import Language, question_language

ENGLISH = """
Who resigned?
Who won?
Why?
Where is the dam?
What happened yesterday in Lyon?
What did Le Monde say about de Gaulle?
How many people died in Port-Sabran?
When does the TGV open?
Which firm built the tunnel?
Is Macron in Berlin?
Are the trains running?
Does the ferry sail?
Has the strike ended?
Who said that?
And in Mali?
and in February?
What about the nurses?
Tell me more
more about Orvane
latest on Mali
latest news
news of the dam
the minister of mines
strike at the port
dam leak
harbour strike
flood damage
drought in the Sahel
wheat prices
polluted rivers
rail tunnel delays
hospital closure
nursing posts
What is the coût of the barrage de Velkhar?
Who leads La République en marche?
Who painted La Joconde?
What did Charles de Gaulle say in Québec?
How long is the Tour de France?
What does l'Oréal sell?
What's new?
Who's the mayor of Nantes?
Isn't the dam finished?
did they agree
can you list the outlets
how much did it cost
whose fault was it
what are the conditions of the deal
explain the agreement between Tamarand and Belmora
give me the figures for Thornwick
list the companies that left Ardence
Should the infirmary close?
Would the judge agree?
Where do the villagers sleep?
Which ships were diverted to Harrowmouth?
Was the tap water safe in Ardence?
Were there any injuries at Brannoy?
How is Hélène Maurandy connected to Iraq?
What does the term jihadisme mean?
What time does the train leave?
What was the vote of the dockers?
Who pays for the overrun on the Trois-Vallées line?
Why was the inauguration of the ligne des Trois-Vallées postponed?
What did Sophie Lantier, directrice du port, say?
Who is the directeur général of Ostrel?
How did Le Courrier d’Ardence report it?
What are Baghdad's conditions?
Who mediates in the strike at Port-Sabran?
Has anybody been arrested?
What will change on Monday?
When is the next round of talks?
What happens after September?
Who are the critics of the plan?
What's the death toll?
What do experts say about the valve?
is it true that the bridge collapsed
how far is Selm from Brindle
WHO WON THE ELECTION?
WHY DID THE DAM FAIL?
What Happened In Mali
Who Said What About Iraq
which of the two outlets was first
what did the president say about the economy
was there a fire at the factory
what caused the spill
who owns Ostrel
how old is the tunnel
why are dockers angry
do the figures agree
are there any photos
what next
what else
really?
who exactly?
since when?
how so?
for whom?
by whom?
yes
no, the other one
and then?
"""

FRENCH = """
Qui a démissionné ?
Qui a gagné ?
Pourquoi ?
Où est le barrage ?
Que s’est-il passé hier à Londres ?
Qu’a dit The Economist de Boris Johnson ?
Combien de morts à Port-Sabran ?
Quand ouvre le tunnel ?
Quelle entreprise a construit le tunnel ?
Macron est-il à Berlin ?
Les trains roulent-ils ?
Le ferry part-il ?
La grève est-elle finie ?
Qui a dit cela ?
Et au Mali ?
et en février ?
Et les infirmières ?
Dis-m’en plus
plus sur l’Orvane
dernières nouvelles du Mali
dernières nouvelles
les nouvelles du barrage
le ministre des Mines
grève au port
fuite du barrage
grève des dockers
dégâts des inondations
sécheresse au Sahel
prix du blé
pollution de la rivière
retard du tunnel ferroviaire
fermeture de l’hôpital
postes d’infirmières
Quel est le prix du New York Times ?
Qui dirige le Labour Party ?
Qui a peint The Night Watch ?
Qu’a dit Winston Churchill de Yalta ?
Combien de temps dure le Super Bowl ?
Que vend General Electric ?
Quoi de neuf ?
Qui est le maire de New York ?
Le barrage n’est-il pas fini ?
sont-ils d’accord
pouvez-vous citer les journaux
combien cela a coûté
à qui la faute
quelles sont les conditions de l’accord
explique l’accord entre le Tamarand et le Belmora
donne les chiffres de Thornwick
quelles sociétés ont quitté Ardence
Faut-il fermer l’hôpital ?
Le juge serait-il d’accord ?
Où dorment les habitants ?
Quels navires ont été détournés vers Harrowmouth ?
L’eau du robinet était-elle potable à Ardence ?
Y a-t-il eu des blessés à Brannoy ?
Quel lien entre Hélène Maurandy et l’Irak ?
Que veut dire le mot Brexit ?
À quelle heure part le train ?
Qu’ont voté les dockers ?
Qui paie le dépassement de la ligne des Trois-Vallées ?
Pourquoi l’inauguration de la ligne est-elle reportée ?
Que dit Margaret Eddowes, la présidente du conseil ?
Qui est le chief executive d’Ostrel ?
Comment le Harrowmouth Mercury en a-t-il parlé ?
Quelles sont les conditions de Bagdad ?
Qui est le médiateur de la grève ?
Quelqu’un a-t-il été arrêté ?
Qu’est-ce qui change lundi ?
Quand reprennent les pourparlers ?
Que se passe-t-il après septembre ?
Qui critique le plan ?
Quel est le bilan ?
Que disent les experts de la vanne ?
est-il vrai que le pont est tombé
quelle distance entre Selm et Brindle
QUI A GAGNÉ LES ÉLECTIONS ?
POURQUOI LE BARRAGE A-T-IL CÉDÉ ?
Que Se Passe-T-Il Au Mali
Qui A Dit Quoi Sur L’Irak
lequel des deux journaux était le premier
qu’a dit le président sur l’économie
y a-t-il eu un incendie à l’usine
quelle est la cause de la fuite
à qui appartient Ostrel
quel âge a le tunnel
pourquoi les dockers sont-ils en colère
les chiffres concordent-ils
il y a des photos ?
et ensuite
quoi d’autre
vraiment ?
qui exactement ?
depuis quand ?
comment ça ?
pour qui ?
par qui ?
oui
non, l’autre
et puis ?
"""

NAMES = """
Macron
Emmanuel Macron
Port-Sabran
Mali 2024
Orvane
COP28
Le Monde
The Hague
Brannoy, Ostrel
G7
"""


def questions(language: Language, table: str) -> list[tuple[str, Language]]:
    return [(line, language) for line in table.strip().splitlines()]


@pytest.mark.parametrize(
    ("question", "language"), questions("en", ENGLISH) + questions("fr", FRENCH)
)
@pytest.mark.parametrize("page", ["en", "fr"])
def test_a_question_is_answered_in_its_own_language(
    question: str, language: Language, page: Language
) -> None:
    assert question_language(question, page) == language


@pytest.mark.parametrize("name", NAMES.strip().splitlines())
@pytest.mark.parametrize("page", ["en", "fr"])
def test_names_alone_are_answered_in_the_language_of_the_page(name: str, page: Language) -> None:
    assert question_language(name, page) == page
