"""Questions and the days they mean on 16 May 2024 in Paris, a Thursday, when Montreal has the 15th.

A line is: question | days, and after another | those in Montreal where they differ. `a..b` is from
one day to another, `a..` since, `..b` until; `2024-03` is the whole month, `2024` the whole year.
"""

ENGLISH = """
What happened yesterday? | 2024-05-15 | 2024-05-14
What did the mayor announce yesterday morning? | 2024-05-15 | 2024-05-14
Who was arrested the day before yesterday? | 2024-05-14 | 2024-05-13
What happened in Selm last night? | 2024-05-15..2024-05-16 | 2024-05-14..2024-05-15
What happened today? | 2024-05-16 | 2024-05-15
What did the council decide this morning? | 2024-05-16 | 2024-05-15
today's headlines | 2024-05-16 | 2024-05-15
yesterday’s news | 2024-05-15 | 2024-05-14
What happened last week? | 2024-05-06..2024-05-12
What did the unions ask for last week in Selm? | 2024-05-06..2024-05-12
news from last week | 2024-05-06..2024-05-12
Last weekend, what was on fire? | 2024-05-11..2024-05-12
What happened over the weekend? | 2024-05-11..2024-05-12
What happened the week before last? | 2024-04-29..2024-05-05
How many strikes were there last month? | 2024-04
What did the bank publish last quarter? | 2024-01-01..2024-03-31
What did the commission rule last year? | 2023
Which bridges were closed last summer? | 2023-06-01..2023-08-31
Which roads were closed last winter? | 2023-12-01..2024-02-29
What happened last Monday? | 2024-05-13
What did she say last Thursday? | 2024-05-09
Who resigned last March? | 2024-03
Who resigned last May? | 2023-05
What has happened this week? | 2024-05-13..2024-05-16 | 2024-05-13..2024-05-15
How many dockers walked out this month? | 2024-05-01..2024-05-16 | 2024-05-01..2024-05-15
What has changed this year? | 2024-01-01..2024-05-16 | 2024-01-01..2024-05-15
What happened earlier this week? | 2024-05-13..2024-05-16 | 2024-05-13..2024-05-15
How many ferries were cancelled so far this year? | 2024-01-01..2024-05-16 | 2024-01-01..2024-05-15
What has been said this spring? | 2024-03-01..2024-05-16 | 2024-03-01..2024-05-15
What happened in the past three days? | 2024-05-13..2024-05-16 | 2024-05-12..2024-05-15
news of the last 7 days | 2024-05-09..2024-05-16 | 2024-05-08..2024-05-15
What was reported over the last two months? | 2024-03-16..2024-05-16 | 2024-03-15..2024-05-15
Which firms closed in the past year? | 2023-05-16..2024-05-16 | 2023-05-15..2024-05-15
What happened in the last 24 hours? | 2024-05-15..2024-05-16 | 2024-05-14..2024-05-15
What happened within the last 48 hours? | 2024-05-14..2024-05-16 | 2024-05-13..2024-05-15
What happened in the last week? | 2024-05-09..2024-05-16 | 2024-05-08..2024-05-15
the past few days in Selm | 2024-05-09..2024-05-16 | 2024-05-08..2024-05-15
How has the river changed in recent weeks? | 2024-04-18..2024-05-16 | 2024-04-17..2024-05-15
Which ministers left over the past decade? | 2014-05-16..2024-05-16 | 2014-05-15..2024-05-15
What happened three days ago? | 2024-05-13 | 2024-05-12
What was decided two weeks ago? | 2024-04-29..2024-05-05
Who was mayor a couple of months ago? | 2024-03
What did the papers say a year ago? | 2023
What happened in January 2024? | 2024-01
Which ship ran aground in February 2023 near Selm? | 2023-02
strikes, March 2022 | 2022-03
Who spoke on 12 May 2021? | 2021-05-12
Who spoke on May 12, 2021? | 2021-05-12
Who spoke on Wednesday, 12 May 2021? | 2021-05-12
Who spoke on the 12th of May 2021? | 2021-05-12
What was published on 2024-02-29? | 2024-02-29
What happened between 3 and 9 May 2021? | 2021-05-03..2021-05-09
What happened from 3 to 9 May 2021? | 2021-05-03..2021-05-09
What happened on May 3-9, 2021? | 2021-05-03..2021-05-09
What happened in the week of 12 May 2021? | 2021-05-10..2021-05-16
What did the talks bring between March and May 2022? | 2022-03-01..2022-05-31
What did the talks bring from November 2021 to February 2022? | 2021-11-01..2022-02-28
Who struck between November and February 2022? | 2021-11-01..2022-02-28
What happened in March and April 2023? | 2023-03-01..2023-04-30
What happened between 28 February and 3 March 2024? | 2024-02-28..2024-03-03
What happened in early March 2023? | 2023-03-01..2023-03-10
What happened in mid-March 2023? | 2023-03-11..2023-03-20
What happened at the end of February 2024? | 2024-02-21..2024-02-29
Which profits were made in the first quarter of 2023? | 2023-01-01..2023-03-31
Which profits were made in Q3 2022? | 2022-07-01..2022-09-30
What happened in the second half of 2021? | 2021-07-01..2021-12-31
What happened in summer 2019? | 2019-06-01..2019-08-31
What burned in the autumn of 2020? | 2020-09-01..2020-11-30
What happened in March? | 2024-03
Who was elected in November? | 2023-11
Who won on Monday? | 2024-05-13
What did the board decide on Thursday night? | 2024-05-09
What has happened since March? | 2024-03-01..
Who has resigned since 3 April 2024? | 2024-04-03..
What has changed since last week? | 2024-05-06..
Who has left since Monday? | 2024-05-13..
What has happened since the beginning of the year? | 2024-01-01..
What has happened in Orvane since 2020? | 2020-01-01..
Who resigned before 12 May 2021? | ..2021-05-11
Who ran the port before March 2022? | ..2022-02-28
Who ran the port until March 2022? | ..2022-03-31
What happened after 12 May 2021? | 2021-05-13..
What happened after January 2024? | 2024-02-01..
What was said since January 2024 and before March 2024? | 2024-01-01..2024-02-29
Which articles about dams are from 2022? | 2022
What did the papers write about Orvane in 2023? | 2023
headlines of the 1990s | 1990-01-01..1999-12-31
Who won yesterday’s match? | 2024-05-15.. | 2024-05-14..
What did last week's strike cost? | 2024-05-06..
"""

FRENCH = """
Que s’est-il passé hier ? | 2024-05-15 | 2024-05-14
Qu’a dit la maire hier soir ? | 2024-05-15 | 2024-05-14
Qui a été arrêté avant-hier ? | 2024-05-14 | 2024-05-13
Que s’est-il passé la nuit dernière ? | 2024-05-15..2024-05-16 | 2024-05-14..2024-05-15
Que s’est-il passé aujourd’hui ? | 2024-05-16 | 2024-05-15
Qu’a décidé le conseil ce matin ? | 2024-05-16 | 2024-05-15
les articles d’hier | 2024-05-15 | 2024-05-14
Que s’est-il passé la semaine dernière ? | 2024-05-06..2024-05-12
Qu’ont demandé les syndicats la semaine passée à Selm ? | 2024-05-06..2024-05-12
les nouvelles de la semaine dernière | 2024-05-06..2024-05-12
Qu’est-ce qui a brûlé le week-end dernier ? | 2024-05-11..2024-05-12
Que s’est-il passé ce week-end ? | 2024-05-11..2024-05-12
Combien de grèves y a-t-il eu le mois dernier ? | 2024-04
Qu’a publié la banque le trimestre dernier ? | 2024-01-01..2024-03-31
Qu’a jugé la commission l’an dernier ? | 2023
Qu’a jugé la commission l’année dernière ? | 2023
Quels ponts ont été fermés l’été dernier ? | 2023-06-01..2023-08-31
Quelles routes ont été fermées l’hiver dernier ? | 2023-12-01..2024-02-29
Que s’est-il passé lundi dernier ? | 2024-05-13
Qu’a-t-elle dit jeudi dernier ? | 2024-05-09
Qui a démissionné en mars dernier ? | 2024-03
Qui a démissionné en mai dernier ? | 2023-05
Que s’est-il passé cette semaine ? | 2024-05-13..2024-05-16 | 2024-05-13..2024-05-15
Combien de dockers ont débrayé ce mois-ci ? | 2024-05-01..2024-05-16 | 2024-05-01..2024-05-15
Qu’est-ce qui a changé cette année ? | 2024-01-01..2024-05-16 | 2024-01-01..2024-05-15
Qu’a-t-on dit ce printemps ? | 2024-03-01..2024-05-16 | 2024-03-01..2024-05-15
Que s’est-il passé ces trois derniers jours ? | 2024-05-13..2024-05-16 | 2024-05-12..2024-05-15
ces trois derniers mois à Selm | 2024-02-16..2024-05-16 | 2024-02-15..2024-05-15
Qu’a-t-on écrit au cours des deux derniers mois ? | 2024-03-16..2024-05-16 | 2024-03-15..2024-05-15
Que s’est-il passé dans les dernières 24 heures ? | 2024-05-15..2024-05-16 | 2024-05-14..2024-05-15
Qu’a-t-on dit au cours de la dernière semaine ? | 2024-05-09..2024-05-16 | 2024-05-08..2024-05-15
Que s’est-il passé ces derniers jours ? | 2024-05-09..2024-05-16 | 2024-05-08..2024-05-15
Qu’a-t-on appris ces dernières semaines ? | 2024-04-18..2024-05-16 | 2024-04-17..2024-05-15
Que s’est-il passé il y a trois jours ? | 2024-05-13 | 2024-05-12
Qu’a-t-on décidé il y a deux semaines ? | 2024-04-29..2024-05-05
Qui dirigeait la ville il y a deux mois ? | 2024-03
Que disait la presse il y a un an ? | 2023
Que s’est-il passé en janvier 2024 ? | 2024-01
Quel navire s’est échoué en février 2023 près de Selm ? | 2023-02
grèves, mars 2022 | 2022-03
Que s’est-il passé au mois de mars 2022 ? | 2022-03
Qui a parlé le 12 mai 2021 ? | 2021-05-12
Qui a parlé le 1er mai 2021 ? | 2021-05-01
Qui a parlé le mercredi 12 mai 2021 ? | 2021-05-12
Qui a parlé le 12/05/2021 ? | 2021-05-12
Que s’est-il passé entre le 3 et le 9 mai 2021 ? | 2021-05-03..2021-05-09
Que s’est-il passé du 3 au 9 mai 2021 ? | 2021-05-03..2021-05-09
Que s’est-il passé la semaine du 12 mai 2021 ? | 2021-05-10..2021-05-16
Qu’ont apporté les pourparlers de mars à mai 2022 ? | 2022-03-01..2022-05-31
Qu’ont apporté les pourparlers entre mars et mai 2022 ? | 2022-03-01..2022-05-31
Que s’est-il passé de novembre 2021 à février 2022 ? | 2021-11-01..2022-02-28
Qui a fait grève entre novembre et février 2022 ? | 2021-11-01..2022-02-28
Que s’est-il passé en mars et avril 2023 ? | 2023-03-01..2023-04-30
Que s’est-il passé entre le 28 février et le 3 mars 2024 ? | 2024-02-28..2024-03-03
Que s’est-il passé début mars 2023 ? | 2023-03-01..2023-03-10
Que s’est-il passé à la mi-mars 2023 ? | 2023-03-11..2023-03-20
Que s’est-il passé fin février 2024 ? | 2024-02-21..2024-02-29
Quels bénéfices ont été faits au premier trimestre 2023 ? | 2023-01-01..2023-03-31
Que s’est-il passé au troisième trimestre de 2022 ? | 2022-07-01..2022-09-30
Que s’est-il passé au premier trimestre ? | 2024-01-01..2024-03-31
Que s’est-il passé au second semestre 2021 ? | 2021-07-01..2021-12-31
Que s’est-il passé à l’été 2019 ? | 2019-06-01..2019-08-31
Qu’est-ce qui a brûlé pendant l’automne 2020 ? | 2020-09-01..2020-11-30
Que s’est-il passé en mars ? | 2024-03
et en février ? | 2024-02
Qui a été élu en novembre ? | 2023-11
Qui a gagné lundi ? | 2024-05-13
Qu’a décidé le conseil jeudi soir ? | 2024-05-09
Que s’est-il passé depuis mars ? | 2024-03-01..
Qui a démissionné depuis le 3 avril 2024 ? | 2024-04-03..
Qu’est-ce qui a changé depuis la semaine dernière ? | 2024-05-06..
Qui est parti depuis lundi ? | 2024-05-13..
Que s’est-il passé depuis le début de l’année ? | 2024-01-01..
Que s’est-il passé depuis trois jours ? | 2024-05-13..2024-05-16 | 2024-05-12..2024-05-15
Que s’est-il passé dans l’Orvane depuis 2020 ? | 2020-01-01..
Qui a démissionné avant le 12 mai 2021 ? | ..2021-05-11
Qui dirigeait le port avant mars 2022 ? | ..2022-02-28
Qui dirigeait le port jusqu’en mars 2022 ? | ..2022-03-31
Que s’est-il passé après le 12 mai 2021 ? | 2021-05-13..
Que s’est-il passé à partir de janvier 2024 ? | 2024-01-01..
Quels articles sur les barrages ont paru en 2022 ? | 2022
Que disait la presse de l’Orvane en 2023 ? | 2023
les gros titres des années 1990 | 1990-01-01..1999-12-31
Qui a gagné le match d’hier ? | 2024-05-15.. | 2024-05-14..
Combien a coûté la grève de la semaine dernière ? | 2024-05-06..
"""

# Where time is what a question is about, or no time at all.
NONE = """
Who was the last minister of mines?
What happened in the last minute of the match?
What was the last week of the campaign like?
What did last year's budget promise?
Who signed the 2015 Paris agreement?
Who won the World Cup 2018?
What happened in 2024?
What are the plans for 2024?
What are the plans for next year?
How many soldiers died between 1914 and 1918?
What was the port called before 1914?
Who wrote 1984?
Why did May resign?
What has changed since May resigned?
What is in May's plan?
Who led the March on Washington?
Who will march in Selm?
What may happen to the dam?
What did the second quarter earnings of the bank show?
What does the January 2024 report say?
How many people died in the attacks of November 2015?
Who runs against the congresswoman in November?
What will the government do this year?
How many games would he have played this year if he were fit?
How many deaths had officials counted on Sunday?
How many spectators watched Saturday's matches?
Who hosts Saturday Night Live?
How long will the second half last?
Who speaks every Monday?
What does the spring bring to the Orvane?
Qui était ministre avant les élections ?
Qui était le dernier ministre des Mines ?
Que s’est-il passé au dernier jour du procès ?
Que prévoyait le budget de l’an dernier ?
Qui a signé l’accord de Paris de 2015 ?
Qui a gagné la Coupe du monde 2018 ?
Que s’est-il passé en 2024 ?
Que prévoit-on pour mars ?
Quelles images la sonde envoie-t-elle depuis Mars ?
Qui se présente contre la députée en novembre ?
Combien de spectateurs ont suivi les matchs de samedi ?
Que fera le gouvernement cette année ?
Combien de décès les autorités avaient-elles recensés dimanche matin ?
Qui parle chaque lundi ?
Que se passera-t-il lundi prochain ?
Que dit l’article 49 de la Constitution de 1958 ?
Combien a été versé à la fin du chantier ?
Où en est la grève aujourd’hui ?
Il y a deux candidats : lesquels ?
Qui sont les marcheurs du printemps arabe ?
"""
