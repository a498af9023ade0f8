"""Where the figures are from: the documents, what each contributed, and how much of it a control covers."""

import re
from decimal import Decimal

import streamlit as st

from dashboards.felles import kilde, nedlasting, tabell
from dashboards.felles.tabell import Kolonne
from dashboards.felles.valg import topp, velg_en
from styring import norsk
from styring.visning import data, tekst
from styring.visning.data import bufret

_DOKUMENTER = """
    select
        kilder.dokument_id, kilder.tittel, kilder.type, kilder.dato, kilder.gjelder_aar, kilder.rekkefolge,
        coalesce(sum(bidrag.antall) filter (bidrag.slag = 'tall'), 0) as tall,
        coalesce(sum(bidrag.antall_kontrollert) filter (bidrag.slag = 'tall'), 0) as tall_kontrollert,
        coalesce(sum(bidrag.antall) filter (bidrag.slag = 'pengehendelser'), 0) as hendelser,
        coalesce(sum(bidrag.antall_kontrollert) filter (bidrag.slag = 'pengehendelser'), 0) as hendelser_kontrollert,
        coalesce(sum(bidrag.antall) filter (bidrag.slag not in ('tall', 'pengehendelser')), 0) as annet
    from marts.kilder
    left join marts.kildebidrag as bidrag
        on kilder.dokument_id = bidrag.dokument_id and bidrag.virksomhet_id = $1
    where bidrag.virksomhet_id is not null or kilder.virksomhet_id = $1
    group by all
    order by kilder.gjelder_aar, kilder.rekkefolge, kilder.dokument_id
"""
# Every figure that a document prints and every amount that a letter gives, with all that is said of it. A year in a
# search is the figure's own, not that of the document.
_FUNN = """
    with funn as (
        select
            'tall/' || verdi_id as ref, verdi, enhet, tilnaermet, antall_kontroller as kontroller, dokument_id, sted,
            aar, concat_ws(', ', overrad, rad, nullif(kolonne, aar::varchar)) as hva,
            concat_ws(' ', overrad, rad, kolonne, aar, sted, indikator_id, gruppe, trykt,
                ltrim(kapittel, '0') || '/' || post) as alt
        from marts.verdier
        where virksomhet_id = $1 and verdi is not null
        union all
        select
            'hendelse/' || hendelse_id, belop_kr, 'kr', null, null, dokument_id, sted, budsjettaar,
            concat_ws(', ', 'kap. ' || ltrim(kapittel, '0') || ' post ' || post || ' ' || postnavn, type),
            concat_ws(' ', ltrim(kapittel, '0') || '/' || post, postnavn, type, sted, budsjettaar, oppdrag_nr)
        from marts.tildelinger
        where virksomhet_id = $1
    ),

    med_dokument as (
        select
            funn.*, kilder.gjelder_aar,
            lower(funn.alt || ' ' || regexp_replace(kilder.tittel, '[0-9]{4}', '')) as ordene
        from funn
        inner join marts.kilder using (dokument_id)
    )

    select *, count(*) over () as i_alt
    from med_dokument
    where
        abs(verdi) = $2::decimal(18, 3)
        or list_bool_and(list_transform(string_split($3, ' '), lambda ord_: contains(ordene, ord_)))
    order by abs(verdi) = $2::decimal(18, 3) desc nulls last, gjelder_aar, dokument_id, sted, hva, aar
    limit 300
"""
_STEDER = """
    select dokument_id, sted, slag, sum(antall)::integer as antall, sum(antall_kontrollert)::integer as kontrollert
    from marts.kildebidrag
    where virksomhet_id = ? and dokument_id = ?
    group by dokument_id, sted, slag
    order by min(plass), slag
"""


def _andel(kontrollert: int, antall: int) -> tabell.Celle:
    return tabell.andel(Decimal(kontrollert) / antall if antall else None)


@bufret
def _dokumenttabell(fil: str, virksomhet_id: str) -> tabell.Tabell:
    rader = data.hent(fil, _DOKUMENTER, virksomhet_id)

    def antall(tall: int) -> tabell.Celle:
        return tabell.tall(tekst.kroner(Decimal(tall)), tall)

    return tabell.tabell(
        "Dokumentene og hva som er hentet fra dem",
        [
            Kolonne("Dokument"),
            Kolonne("Type"),
            Kolonne("Gjelder", tall=True),
            Kolonne("Datert"),
            Kolonne("Tall", tall=True),
            Kolonne("Andel av tallene i en kontroll", tall=True),
            Kolonne("Beløp i brev", tall=True, hjelp="Beløp som endrer det virksomheten disponerer"),
            Kolonne("Andel av beløpene i en kontroll", tall=True),
            Kolonne("Annet", tall=True, hjelp="Oppdrag, øremerkinger, risikoer, møter og frister"),
        ],
        [
            (
                tabell.sidelenke(rad.tittel, "kilder", dokument=rad.dokument_id),
                rad.type,
                tabell.tall(str(rad.gjelder_aar), rad.gjelder_aar),
                tabell.dato(rad.dato),
                antall(rad.tall),
                _andel(rad.tall_kontrollert, rad.tall),
                antall(rad.hendelser),
                _andel(rad.hendelser_kontrollert, rad.hendelser),
                antall(rad.annet),
            )
            for rad in rader
        ],
        merknad="Et tall er i en kontroll når et annet tall i dokumentene kan motsi det. Strek: dokumentet har ingen.",
    )


@bufret
def _stedtabell(fil: str, virksomhet_id: str, dokument_id: str) -> tabell.Tabell:
    return tabell.tabell(
        f"Steder i {tekst.dokumentnavn(fil)[dokument_id]}",
        [
            Kolonne("Sted"),
            Kolonne("Hva"),
            Kolonne("Antall", tall=True),
            Kolonne("I en kontroll", tall=True),
        ],
        [
            (
                tabell.kildelenke(rad.sted, kilde.av_sted(rad.dokument_id, rad.sted)),
                rad.slag,
                tabell.tall(str(rad.antall), rad.antall),
                _andel(rad.kontrollert, rad.antall) if rad.kontrollert is not None else tabell.tall("–", None),
            )
            for rad in data.hent(fil, _STEDER, virksomhet_id, dokument_id)
        ],
    )


def _som_tall(sok: str) -> Decimal | None:
    """A search for a figure, written as in Norwegian: 33 701 or 2,5."""
    sifre = re.sub(r"[\s%−-]|kr$", "", sok).replace(",", ".")
    return Decimal(sifre) if re.fullmatch(r"\d{1,15}(\.\d{1,3})?", sifre) else None


@bufret
def _funntabell(fil: str, virksomhet_id: str, sok: str) -> tabell.Tabell:
    rader = data.hent(fil, _FUNN, virksomhet_id, _som_tall(sok), " ".join(sok.lower().split()))
    navn = tekst.kortnavn(fil)
    i_alt = rader[0].i_alt if rader else 0
    vist = f"De {len(rader)} første av {i_alt} vises; søk på flere ord. " if len(rader) < i_alt else ""
    return tabell.tabell(
        f"{tekst.antall(i_alt, 'trykt tall', 'trykte tall')} for «{sok}»",
        [
            Kolonne("Hva"),
            Kolonne("År", tall=True),
            Kolonne("Tall", tall=True),
            Kolonne("Kontroller", tall=True, hjelp="Hvor mange kontroller tallet er med i; strek for beløp i brev"),
            Kolonne("Sted"),
        ],
        [
            (
                rad.hva,
                tabell.tall(str(rad.aar), rad.aar),
                tabell.tall(tekst.med_forbehold(rad.verdi, rad.enhet, rad.tilnaermet), rad.verdi, rad.ref),
                tabell.tall(norsk.tall(rad.kontroller), rad.kontroller),
                tabell.med_note({"t": navn[rad.dokument_id]}, rad.sted),
            )
            for rad in rader
        ],
        tomt="Ingen trykte tall passer. Søk på et tall slik det er trykt, eller på færre ord.",
        merknad=f"{vist}Trykk på tallet for å se kilden.",
    )


valg = topp("Kilder", "Hvor kommer tallene fra, og hvor mange av dem kan et annet tall motsi?")
sok = st.text_input(
    "Finn et tall",
    key="sok",
    bind="query-params",
    max_chars=100,
    placeholder="33 701, eller ord: ventetid 2023, 671/60",
).strip()
if sok:
    tabell.vis(_funntabell(valg.fil, valg.virksomhet_id, sok), key="funn")
dokumenter = data.hent(valg.fil, _DOKUMENTER, valg.virksomhet_id)
dokument = velg_en(
    "Dokument", {"": "Alle dokumenter", **{rad.dokument_id: rad.tittel for rad in dokumenter}}, "dokument"
)
if dokument:
    tabell.vis(_stedtabell(valg.fil, valg.virksomhet_id, dokument), key="steder")
else:
    tabell.vis(_dokumenttabell(valg.fil, valg.virksomhet_id), key="dokumenter")
    nedlasting.knapper(
        "Dokumentene",
        "kilder",
        ["Dokument", "Type", "Gjelder", "Datert", "Tall", "Tall i en kontroll", "Beløp i brev",
         "Beløp i en kontroll", "Annet"],
        lambda: [
            (rad.tittel, rad.type, rad.gjelder_aar, rad.dato, int(rad.tall), int(rad.tall_kontrollert),
             int(rad.hendelser), int(rad.hendelser_kontrollert), int(rad.annet))
            for rad in dokumenter
        ],
        f"Dokumentene og hva som er hentet fra dem. Versjon {data.versjon(valg.fil)}.",
    )  # fmt: skip
