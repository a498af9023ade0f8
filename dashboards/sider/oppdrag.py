"""What the agency is asked to do: each part of each oppdrag with its deadline, as the documents had it on the date."""

import datetime
import re
from collections import Counter
from collections.abc import Sequence

import altair as alt
import streamlit as st

from dashboards.felles import fliser, kilde, lerret, nedlasting, tabell
from dashboards.felles.tabell import Kolonne
from dashboards.felles.valg import Valg, tilbake, topp, velg_en
from styring import norsk
from styring.visning import data, diagram, tekst
from styring.visning.data import Rad, bufret

# What an oppdrag was given is the last statement of it on the day, and one that gives money goes before the others.
_TILSTANDER = """
    with penger as (
        select virksomhet_id, oppdrag_nr,
            arg_max([til_verdi, dokument_id, sted], [(til_verdi like 'tildelt%')::int, nummer]) as penger
        from marts.oppdragshendelser
        where
            tidligste_dato <= $2
            and (hendelse like 'finansiering%' or hendelse in ('tildelt på feil kapittel', 'ført på FoU-posten'))
        group by all
    ),

    fristhendelser as (
        select virksomhet_id, oppdrag_nr, del, til_verdi, arg_min([dokument_id, sted], nummer) as sted
        from marts.oppdragshendelser
        where hendelse like 'frist%'
        group by all
    )

    select oppdrag.oppdrag_nr, oppdrag.del as delen, oppdrag.tittel, oppdrag.maal_nr, oppdrag.hovedansvarlig,
        oppdrag.hovedansvarlig_navn, oppdrag.opprinnelig_frist, oppdrag.gitt_dokument_id, tilstander.status,
        tilstander.frist, tilstander.frist_trykt, tilstander.levert_dato, tilstander.dokument_id, tilstander.sted,
        penger.penger,
        fristhendelser.sted as opprinnelig_sted,
        coalesce(oppdrag.gitt_dato, (
            select min(alle.gjelder_fra) from marts.oppdragstilstander as alle
            where
                alle.virksomhet_id = oppdrag.virksomhet_id
                and alle.oppdrag_nr = oppdrag.oppdrag_nr
                and alle.del = oppdrag.del
        )) as fra
    from marts.oppdragstilstander as tilstander
    inner join marts.oppdrag as oppdrag
        on
            tilstander.virksomhet_id = oppdrag.virksomhet_id
            and tilstander.oppdrag_nr = oppdrag.oppdrag_nr
            and tilstander.del = oppdrag.del
    left join fristhendelser
        on
            oppdrag.virksomhet_id = fristhendelser.virksomhet_id
            and oppdrag.oppdrag_nr = fristhendelser.oppdrag_nr
            and oppdrag.del = fristhendelser.del
            and oppdrag.opprinnelig_frist::varchar = fristhendelser.til_verdi
    left join penger
        on oppdrag.virksomhet_id = penger.virksomhet_id and oppdrag.oppdrag_nr = penger.oppdrag_nr
    where
        oppdrag.virksomhet_id = $1
        and $2 between tilstander.gjelder_fra and tilstander.gjelder_til
    order by
        array_position(
            ['frist passert', 'levert etter frist', 'ikke forfalt', 'uten dato', 'levert'], tilstander.status
        ),
        tilstander.frist, oppdrag.oppdrag_nr, (oppdrag.del <> 'hele'), oppdrag.del collate nb
"""
_DELER = """
    select * exclude (del), del as delen from marts.oppdrag
    where virksomhet_id = ?
    order by oppdrag_nr, (del <> 'hele'), del collate nb
"""
_HENDELSER = """
    select oppdrag_nr, del as delen, dato, tidligste_dato, hendelse, fra_verdi, til_verdi, dokument_id, sted
    from marts.oppdragshendelser
    where virksomhet_id = ? and oppdrag_nr = ?
    order by nummer
"""
_TILDELINGER = """
    select * from marts.tildelinger
    where virksomhet_id = ? and oppdrag_nr = ? and gjelder_fra <= ?
    order by gjelder_fra, kapittel, nummer
"""
_MAAL = """
    select distinct maal_nr, arg_max(maal, aar) over (partition by maal_nr) as maal
    from marts.maal_sammendrag where virksomhet_id = ? order by maal_nr
"""
_STATUSER = list(tekst.OPPDRAGSSTATUS)
_UTEN_MAAL = "uten mål"
# a shape as well as a colour for each status
_FORMER = {
    "frist passert": ("diamond", diagram.ORANSJE),
    "levert etter frist": ("triangle-up", "#a37a1f"),
    "ikke forfalt": ("circle", diagram.BLAA),
    "levert": ("square", diagram.GRONN),
}
Utvalg = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], datetime.date | None, datetime.date | None]


def _verdi(trykt: str | None) -> str:
    """What a history's event changed: a date or words."""
    if not trykt:
        return norsk.MANGLER
    if re.fullmatch(r"\d{4}-\d\d-\d\d", trykt):
        return tekst.dato(datetime.date.fromisoformat(trykt))
    return re.sub(r"\bkap\. 0*", f"kap.{tekst.HARDT}", trykt)


def _frist(rad: Rad) -> tabell.Celle:
    ref = kilde.av_sted(rad.dokument_id, rad.sted)
    # words that are no date are sorted last, like what is missing
    return tabell.dato(rad.frist, ref) if rad.frist else {"t": rad.frist_trykt or norsk.MANGLER, "s": None, "k": ref}


def _opprinnelig(rad: Rad) -> tabell.Celle:
    return tabell.dato(rad.opprinnelig_frist, rad.opprinnelig_sted and kilde.av_sted(*rad.opprinnelig_sted))


def _penger(rad: Rad) -> tabell.Celle:
    if rad.penger is None:
        return norsk.MANGLER
    til_verdi, dokument_id, sted = rad.penger
    return tabell.kildelenke(til_verdi.split(", kap. ")[0], kilde.av_sted(dokument_id, sted or ""))


def _kildested(fil: str, dokument_id: str, sted: str | None) -> tabell.Celle:
    vist = ", ".join(filter(None, [tekst.kortnavn(fil)[dokument_id], sted]))
    return tabell.kildelenke(vist, kilde.av_sted(dokument_id, sted or ""))


@bufret
def _maalnavn(fil: str, virksomhet_id: str) -> dict[int, str]:
    return {rad.maal_nr: rad.maal for rad in data.hent(fil, _MAAL, virksomhet_id)}


@bufret
def _utvalg(fil: str, virksomhet_id: str, dato: datetime.date, utvalg: Utvalg) -> Sequence[Rad]:
    """The parts as they stood on the date, of those that are chosen. Nothing chosen is all."""
    maal, ansvarlige, statuser, fra, til = utvalg
    return [
        rad
        for rad in data.hent(fil, _TILSTANDER, virksomhet_id, dato)
        if (not maal or str(rad.maal_nr or _UTEN_MAAL) in maal)
        and (not ansvarlige or rad.hovedansvarlig in ansvarlige)
        and (not statuser or rad.status in statuser)
        and (fra is None or (rad.frist and rad.frist >= fra))
        and (til is None or (rad.frist and rad.frist <= til))
    ]


def _tidslinje(rader: Sequence[Rad], dato: datetime.date) -> diagram.Spesifikasjon:
    """A line for each part with a date, from when it was given to its deadline."""
    daterte = sorted((rad for rad in rader if rad.frist), key=lambda rad: (rad.frist, rad.oppdrag_nr, rad.delen))
    streker = [
        {
            "rad": tekst.oppdragsnavn(rad.oppdrag_nr, rad.delen, rad.tittel),
            "fra": min(rad.fra, rad.frist).isoformat(),
            "frist": rad.frist.isoformat(),
            "opprinnelig": (rad.opprinnelig_frist or rad.frist).isoformat(),
            "levert": rad.levert_dato and rad.levert_dato.isoformat(),
            "status": rad.status,
            "Frist": tekst.dato(rad.frist),
            "Ansvarlig": rad.hovedansvarlig_navn,
        }
        for rad in daterte
    ]
    statuser = [ord_ for ord_ in _FORMER if any(rad.status == ord_ for rad in daterte)]
    bredde = alt.expr("width < 620 ? 130 : 330")
    y = alt.Y(
        "rad:N",
        sort=None,
        # room above the first row for the name of the day
        scale=alt.Scale(padding=1.1),
        axis=alt.Axis(title=None, labelAlign="left", labelLimit=bredde, labelPadding=bredde),
    )
    x = alt.X(
        "frist:T",
        axis=alt.Axis(title=None, format="%m.%Y", orient="top", tickCount=alt.expr("width < 620 ? 3 : 8"), grid=True),
    )
    felles = alt.Chart(diagram.rader(streker)).encode(y=y)
    tegnforklaring = alt.Legend(title=None, columns=alt.expr("width < 620 ? 1 : 4"))
    farge = alt.Color(
        "status:N",
        scale=alt.Scale(domain=statuser, range=[_FORMER[ord_][1] for ord_ in statuser]),
        legend=tegnforklaring,
    )
    form = alt.Shape(
        "status:N",
        scale=alt.Scale(domain=statuser, range=[_FORMER[ord_][0] for ord_ in statuser]),
        legend=tegnforklaring,
    )
    dag = alt.Chart(diagram.rader([{"dag": dato.isoformat(), "tekst": f"per {tekst.dato(dato)}"}])).encode(x="dag:T")
    # what shares its rows stands together, so that they are sent once
    dagen = alt.layer(
        dag.mark_rule(color=diagram.GRAA, strokeWidth=1.5, strokeDash=[5, 3]),
        dag.mark_text(align="right", baseline="top", dx=-4, fontSize=12, fontWeight=600).encode(
            y=alt.value(0), text="tekst:N"
        ),
    )
    delene = alt.layer(
        felles.mark_rule(color=diagram.GRAA, strokeWidth=1.5, opacity=0.7).encode(x=alt.X("fra:T"), x2="frist:T"),
        felles.transform_filter("datum.opprinnelig != datum.frist")
        .mark_point(size=70, fill="transparent", stroke=diagram.GRAA, strokeWidth=1.5, opacity=1)
        .encode(x="opprinnelig:T"),
        felles.transform_filter("datum.levert != null")
        .mark_text(text="✓", fontSize=13, fontWeight=700)
        .encode(x="levert:T"),
        felles.mark_point(filled=True, size=80, opacity=1).encode(
            x=x, color=farge, shape=form, tooltip=["rad:N", "Frist:N", "status:N", "Ansvarlig:N"]
        ),
    )
    figur = alt.layer(dagen, delene).properties(height=alt.Step(20))
    return diagram.ferdig(figur)


@bufret
def _bilde(
    fil: str, virksomhet_id: str, dato: datetime.date, utvalg: Utvalg
) -> tuple[diagram.Spesifikasjon, str, str] | None:
    """The timeline, what it tells, and what it lacks; None when no part that is chosen has a date."""
    rader = _utvalg(fil, virksomhet_id, dato, utvalg)
    daterte = [rad for rad in rader if rad.frist]
    if not daterte:
        return None
    antall = Counter(rad.status for rad in daterte)
    flyttet = sum(rad.opprinnelig_frist not in (None, rad.frist) for rad in daterte)
    foerste, siste = min(rad.frist for rad in daterte), max(rad.frist for rad in daterte)
    beskrivelse = (
        f"Tidslinje med {tekst.antall(len(daterte), 'frist', 'frister')} fra {tekst.dato(foerste)} "
        f"til {tekst.dato(siste)}, sett fra {tekst.dato(dato)}: "
        + ", ".join(f"{antall[ord_]} {ord_}" for ord_ in _STATUSER if antall[ord_])
        + ". Tabellen under har de samme fristene."
    )
    uten = len(rader) - len(daterte)
    merknad = [
        "Linjen går fra oppdraget er gitt, eller først nevnt, til fristen.",
        f"Åpen sirkel er opprinnelig frist for {flyttet} som er flyttet." if flyttet else "Ingen frist er flyttet.",
        "✓ er dagen det ble levert." if any(rad.levert_dato for rad in daterte) else "",
        f"{uten} uten dato som frist står bare i tabellen." if uten else "",
    ]
    return _tidslinje(rader, dato), beskrivelse, " ".join(filter(None, merknad))


@bufret
def _tabell(fil: str, virksomhet_id: str, dato: datetime.date, utvalg: Utvalg) -> tabell.Tabell:
    maal = _maalnavn(fil, virksomhet_id)
    rader = _utvalg(fil, virksomhet_id, dato, utvalg)
    merknad = [
        "Et oppdrag har en rad for hver del med egen frist.",
        "Opprinnelig frist er ikke kjent der brevet som ga oppdraget, ikke er for hånden."
        if any(rad.opprinnelig_frist is None for rad in rader)
        else "",
        tekst.forklar_oppdrag((rad.oppdrag_nr, rad.hovedansvarlig, rad.hovedansvarlig_navn) for rad in rader),
    ]
    return tabell.tabell(
        f"Frister per {tekst.dato(dato)}",
        [
            Kolonne("Oppdrag"),
            Kolonne("Status"),
            Kolonne("Frist"),
            Kolonne("Opprinnelig frist", hjelp="Fristen i brevet som ga oppdraget; strek når den ikke er kjent"),
            Kolonne("Hovedansvarlig", hjelp="Den brevet navngir, ellers virksomheten som mottar oppdraget"),
            Kolonne("Mål", hjelp="Strek når oppdraget ikke står under et mål"),
            Kolonne("Penger", hjelp="Slik brevene hadde det denne dagen; strek når de ikke sier noe"),
        ],
        [
            (
                tabell.med_note(
                    tabell.sidelenke(f"{rad.oppdrag_nr} {rad.tittel}", "oppdrag", oppdrag=rad.oppdrag_nr),
                    tekst.oppdragsdel(rad.delen),
                ),
                tabell.merke(rad.status),
                _frist(rad),
                _opprinnelig(rad),
                rad.hovedansvarlig,
                f"{rad.maal_nr} {maal.get(rad.maal_nr, '')}" if rad.maal_nr else norsk.MANGLER,
                _penger(rad),
            )
            for rad in rader
        ],
        tomt="Ingen oppdrag er kjent fra dokumentene med dette utvalget denne dagen.",
        merknad=" ".join(filter(None, merknad)),
    )


@bufret
def _fakta(fil: str, virksomhet_id: str, oppdrag_nr: str, dato: datetime.date) -> tabell.Tabell:
    """What is known of one oppdrag."""
    deler = [rad for rad in data.hent(fil, _DELER, virksomhet_id) if rad.oppdrag_nr == oppdrag_nr]
    paa_dagen = [rad for rad in data.hent(fil, _TILSTANDER, virksomhet_id, dato) if rad.oppdrag_nr == oppdrag_nr]
    hendelser = data.hent(fil, _HENDELSER, virksomhet_id, oppdrag_nr)
    leveringer = [rad for rad in hendelser if rad.hendelse == "levert" and rad.tidligste_dato <= dato]
    en = deler[0]
    gitt_sted = next((rad.sted for rad in hendelser if rad.dokument_id == en.gitt_dokument_id), None)
    navngitt = "" if en.hovedansvarlig_oppgitt else " (ikke navngitt; virksomheten som mottar oppdraget)"
    ledere = ", ".join(dict.fromkeys(rad.hovedansvarlig_navn for rad in deler))
    maal = _maalnavn(fil, virksomhet_id)
    rader: list[Sequence[tabell.Celle]] = [
        ("Slag", en.type),
        ("Hovedansvarlig", f"{ledere}{navngitt}"),
        (
            "Mål",
            tabell.sidelenke(f"Mål {en.maal_nr}: {maal.get(en.maal_nr, '')}", "maal", maal=str(en.maal_nr))
            if en.maal_nr
            else "Oppdraget står ikke under et mål",
        ),
        (
            "Gitt i",
            _kildested(fil, en.gitt_dokument_id, gitt_sted)
            if en.gitt_dokument_id
            else "Brevet som ga oppdraget, er ikke for hånden; det er kjent fra senere brev",
        ),
        ("Penger", _penger(paa_dagen[0]) if paa_dagen and paa_dagen[0].penger else "Brevene sier ikke noe om penger"),
    ]
    if leveringer:
        rader += [
            (
                "Levert",
                tabell.kildelenke(
                    " ".join(filter(None, [tekst.dato(rad.dato), tekst.oppdragsdel(rad.delen)])),
                    kilde.av_sted(rad.dokument_id, rad.sted or ""),
                ),
            )
            for rad in leveringer
        ]
    else:
        rader.append(("Levert", f"Dokumentene viser ikke om det er levert per {tekst.dato(dato)}"))
    return tabell.tabell(f"Oppdrag {oppdrag_nr}", [Kolonne("Opplysning"), Kolonne("Innhold")], rader)


@bufret
def _fristtabell(fil: str, virksomhet_id: str, oppdrag_nr: str, dato: datetime.date) -> tabell.Tabell:
    return tabell.tabell(
        f"Fristene per {tekst.dato(dato)}",
        [Kolonne("Del"), Kolonne("Status"), Kolonne("Frist"), Kolonne("Opprinnelig frist"), Kolonne("Hovedansvarlig")],
        [
            (
                tekst.oppdragsdel(rad.delen).capitalize() or "Hele oppdraget",
                tabell.merke(rad.status),
                _frist(rad),
                _opprinnelig(rad),
                rad.hovedansvarlig_navn,
            )
            for rad in data.hent(fil, _TILSTANDER, virksomhet_id, dato)
            if rad.oppdrag_nr == oppdrag_nr
        ],
        tomt="Oppdraget er ikke kjent fra dokumentene denne dagen.",
    )


@bufret
def _historietabell(fil: str, virksomhet_id: str, oppdrag_nr: str, dato: datetime.date) -> tabell.Tabell:
    def naar(rad: Rad) -> tabell.Celle:
        celle = tabell.tall(
            tekst.dato(rad.dato) if rad.dato else f"tidligst {tekst.dato(rad.tidligste_dato)}",
            rad.tidligste_dato.toordinal(),
        )
        return tabell.med_note(celle, "etter valgt dato") if rad.tidligste_dato > dato else celle

    return tabell.tabell(
        "Historien i dokumentene",
        [
            Kolonne("Hendelse"),
            Kolonne("Dato", hjelp="«Tidligst» når brevet ikke har dato: den første dagen innholdet tillater"),
            Kolonne("Fra"),
            Kolonne("Til"),
            Kolonne("Dokument og sted"),
        ],
        [
            (
                tabell.med_note({"t": rad.hendelse}, tekst.oppdragsdel(rad.delen))
                if rad.delen != "hele"
                else rad.hendelse,
                naar(rad),
                _verdi(rad.fra_verdi),
                _verdi(rad.til_verdi),
                _kildested(fil, rad.dokument_id, rad.sted),
            )
            for rad in data.hent(fil, _HENDELSER, virksomhet_id, oppdrag_nr)
        ],
    )


@bufret
def _pengetabell(fil: str, virksomhet_id: str, oppdrag_nr: str, dato: datetime.date) -> tabell.Tabell:
    rader = data.hent(fil, _TILDELINGER, virksomhet_id, oppdrag_nr, dato)
    return tabell.tabell(
        "Beløp til oppdraget",
        [Kolonne("Post"), Kolonne("År", tall=True), Kolonne("Slag"), Kolonne("Beløp (kr)", tall=True), Kolonne("Sted")],
        [
            (
                f"{tekst.kap_post(rad.kapittel, rad.post).capitalize()} {rad.postnavn}",
                tabell.tall(str(rad.budsjettaar), rad.budsjettaar),
                rad.type,
                tabell.kroner(rad.belop_kr, kilde.av_hendelse(rad.hendelse_id)),
                f"{tekst.kortnavn(fil)[rad.dokument_id]}, {rad.sted}",
            )
            for rad in rader
        ],
        [("Sum", "", "", tekst.kroner(sum(rad.belop_kr for rad in rader)), "")] if len(rader) > 1 else (),
        tomt="Brevene har ikke noe eget beløp til oppdraget denne dagen.",
    )


def _vis_ett(valg: Valg, oppdrag_nr: str, tittel: str) -> None:
    tilbake("Vis alle oppdrag", "oppdrag")
    st.header(f"{oppdrag_nr} {tekst.uten_markdown(tittel)}", anchor=False)
    hvilket = (valg.fil, valg.virksomhet_id, oppdrag_nr, valg.dato)
    tabell.vis(_fakta(*hvilket), key="fakta")
    tabell.vis(_fristtabell(*hvilket), key="frister")
    tabell.vis(_historietabell(*hvilket), key="historie")
    tabell.vis(_pengetabell(*hvilket), key="belop")


def _vis_svar(valg: Valg) -> None:
    """The answer for the date, before anything is chosen."""
    rader = data.hent(valg.fil, _TILSTANDER, valg.virksomhet_id, valg.dato)
    passert = [rad for rad in rader if rad.status == "frist passert"]
    if passert:
        st.markdown(
            f"**Ja, per {tekst.dato(valg.dato)} har {len(passert)} av {tekst.antall(len(rader), 'del', 'deler')} "
            f"passert fristen, i {len({rad.oppdrag_nr for rad in passert})} oppdrag.** "
            "Dokumentene viser ikke om de er levert."
        )
    elif rader:
        st.markdown(f"**Nei, per {tekst.dato(valg.dato)} er ingen frister passert uten at levering er vist.**")
    else:
        st.info(f"Dokumentene har ingen oppdrag som er kjent per {tekst.dato(valg.dato)}.")
    antall = Counter(rad.status for rad in rader)
    fliser.vis((fliser.av_ord(ord_, antall[ord_], "oppdrag") for ord_ in tekst.OPPDRAGSSTATUS), key="statuser")
    fliser.vis(fliser.av_frister(rader, valg.dato), key="forfaller")


def _velg_utvalg(valg: Valg) -> Utvalg:
    deler = data.hent(valg.fil, _DELER, valg.virksomhet_id)
    maal = _maalnavn(valg.fil, valg.virksomhet_id)
    statuser = st.pills("Status", _STATUSER, selection_mode="multi", key="status", bind="query-params")
    ledere = dict(sorted((rad.hovedansvarlig, rad.hovedansvarlig_navn) for rad in deler))
    ansvarlige = st.pills(
        "Hovedansvarlig",
        list(ledere),
        selection_mode="multi",
        key="ansvarlig",
        bind="query-params",
        help="  \n".join(f"{kort}: {tekst.uten_markdown(navn)}" for kort, navn in ledere.items()) or None,
    )
    with st.container(horizontal=True):
        maalene = st.pills(
            "Mål",
            [*(str(nr) for nr in sorted({rad.maal_nr for rad in deler if rad.maal_nr})), _UTEN_MAAL],
            selection_mode="multi",
            key="maal",
            bind="query-params",
            help="  \n".join(f"{nr}: {navn}" for nr, navn in maal.items()) or None,
        )
        fra = st.date_input(
            "Frist fra og med", value=None, format="DD.MM.YYYY", key="frist_fra", bind="query-params", width=180
        )
        til = st.date_input(
            "Frist til og med", value=None, format="DD.MM.YYYY", key="frist_til", bind="query-params", width=180
        )
    return tuple(maalene), tuple(ansvarlige), tuple(statuser), fra, til


def _vis_alle(valg: Valg) -> None:
    _vis_svar(valg)
    st.header("Fristene på en tidslinje", anchor=False)
    utvalg = _velg_utvalg(valg)
    hvilke = (valg.fil, valg.virksomhet_id, valg.dato, utvalg)
    bilde = _bilde(*hvilke)
    if bilde:
        figur, beskrivelse, merknad = bilde
        lerret.vis(figur, beskrivelse, key="tidslinje")
        st.caption(merknad)
    tabell.vis(_tabell(*hvilke), key="tabell")
    nedlasting.knapper(
        f"Oppdragene per {tekst.dato(valg.dato)}",
        f"oppdrag-{valg.dato}",
        ["Per dato", "Oppdrag", "Del", "Tittel", "Mål", "Hovedansvarlig", "Status", "Frist", "Frist som trykt",
         "Opprinnelig frist", "Levert", "Dokument", "Sted"],
        lambda: [
            (valg.dato, en.oppdrag_nr, en.delen, en.tittel, en.maal_nr, en.hovedansvarlig_navn, en.status, en.frist,
             en.frist_trykt, en.opprinnelig_frist, en.levert_dato, tekst.dokumentnavn(valg.fil)[en.dokument_id],
             en.sted)
            for en in _utvalg(*hvilke)
        ],
        f"{valg.virksomhet}, per {tekst.dato(valg.dato)}. Versjon {data.versjon(valg.fil)}.",
    )  # fmt: skip


valg = topp("Oppdrag", "Hva er bestilt, hva har frist, og hva er forsinket?")
titler = {rad.oppdrag_nr: rad.tittel for rad in data.hent(valg.fil, _DELER, valg.virksomhet_id)}
valgt = velg_en("Oppdrag", {"": "Alle oppdrag", **{nr: f"{nr} {tittel}" for nr, tittel in titler.items()}}, "oppdrag")
if valgt:
    _vis_ett(valg, valgt, titler[valgt])
else:
    _vis_alle(valg)
