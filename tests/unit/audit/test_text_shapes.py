"""The exact findings on small texts, written anew, with the shapes of real reports and letters."""

from __future__ import annotations

from evalkit.audit.text.audit import audit_text

# An extracted report: every line followed by a blank one, lists over pages, a head with its number.
REPORT = """\
Het ministerie ondersteunt de samenwerking van scholen en bedrijven in de regio

en verwacht daarvan een betere aansluiting van het onderwijs op de arbeidsmarkt.

Binnen het programma zijn vijf actielijnen ingericht:

1. Ketens – Netwerken worden uitgebreid door samenwerking met bedrijven, die samen

met scholen kennis delen;

2. Talent – Opleidingen worden aangepast door meer flexibele leerroutes;

3. Innovatie – Bedrijven en scholen werken samen aan projecten in de praktijk;

4. Ontwikkeling – Werkenden worden bij- en omgeschoold volgens nieuwe modellen;

5. Omgeving – Er wordt geïnvesteerd in praktijklabs en leeromgevingen.

Tussen 2017 en 2020 zijn er vier edities van de regeling geweest, waarbij in totaal

171 projecten subsidie ontvingen voor een gezamenlijke waarde van 27,8 mln. euro.

Gedurende de vier edities werd het beschikbare budget als volgt verdeeld:

● 2017: 2 mln. euro;

● 2018: 7,8 mln. euro;

● 2019: 10 mln. euro;

● 2020: 8 mln. euro.

PERIODIEKE EVALUATIE – DEELRAPPORT SCHOLING 5

Daarnaast zijn er ontwikkelingen binnen de vijf actielijnen:

● Talent: Nieuwe modules zijn opgezet, met inbegrip van flexibele leerwegen en van

hybride docentschap;

● Innovatie: Projecten zijn gestart, waarbij bedrijven en scholen samenwerken aan

vraagstukken uit de praktijk;

● Ontwikkeling: Meer werknemers hebben toegang gekregen tot scholing;

● Omgeving: Er zijn nieuwe praktijklabs opgezet.

Het programma heeft in 2022 voor 18 mln. euro aan projecten gerealiseerd, wat neerkomt

op 36 procent van de begrote middelen voor 2022/23. De verdeling van de financiering

bestaat uit 24 procent private middelen, 18 procent middelen van scholen, 16 procent

middelen van overheden en een bijdrage van 42 procent uit het fonds.

PERIODIEKE EVALUATIE – DEELRAPPORT SCHOLING 6

De uitgaven zijn tussen 2017–2022 meer dan verdubbeld (van 410 mln. euro naar 890 mln.

euro). Daarnaast is er een extra 1,4 miljard euro, dat zal worden verdeeld over zes

jaar: van 2024 tot en met 2029.
"""

# A letter with an appendix: costs worked out in words, a table with PM, numbered footnotes.
LETTER = """\
Dat gaat om zo’n 16.000 mensen. De kosten daarvoor zijn gemiddeld 70 euro per dag, waardoor
je op een jaarlijkse besparing komt van (365 dagen x 70 euro x 16.000 mensen) zo’n 409 miljoen.
Dat levert 200 miljoen extra welvaart per jaar op (2 miljard over 10 jaar).
Het kabinet is van plan € 70 miljoen te reserveren. Daarnaast is een aanvraag ingediend van
€ 70 miljoen.4 De regio heeft maximaal € 60 miljoen toegezegd.

(in miljarden euro’s)
Structureel T.l.v. schuld
1 Onderzoek naar 3% bbp 2,0
2 Digitalisering 0,3
5 Gebouwen  5,2
7 Landbouw 0,9 15,0
9 Wonen PM 4,8
Totaal (1 t/m 9) 3,2 mld. + PM 25 mld. + PM

4 Het voorstel is ingediend door de regio en het consortium (12 partijen).
5 Kamerstukken II, 2024-25, 33 009, nr. 165
"""


def found_in(tmp_path, text):
    file = tmp_path / "tekst.txt"
    file.write_text(text, encoding="utf-8")
    return [(found.rule, *found.where) for found in audit_text(file).findings]


def test_a_report_gives_only_the_list_that_lacks_a_line(tmp_path):
    assert found_in(tmp_path, REPORT) == [("listed", "tekst.txt:35", "tekst.txt:47")]


def test_a_letter_gives_nothing(tmp_path):
    assert found_in(tmp_path, LETTER) == []


def test_faults_put_into_the_report_are_found(tmp_path):
    for sound, wrong, rule in [
        ("waarde van 27,8 mln. euro", "waarde van 33,8 mln. euro", "total"),
        ("bestaat uit 24 procent", "bestaat uit 34 procent", "shares"),
        ("(van 410 mln. euro", "(van 610 mln. euro", "change"),
        ("over zes\n\njaar: van 2024", "over vier\n\njaar: van 2024", "period"),
        ("zijn vijf actielijnen ingericht", "zijn zes actielijnen ingericht", "listed"),
    ]:
        assert sound in REPORT
        found = found_in(tmp_path, REPORT.replace(sound, wrong, 1))
        assert sorted(name for name, *_ in found) == sorted(["listed", rule])
