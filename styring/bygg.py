"""Build, audit, publish: validate the CSV files, let dbt build and test a new file, hold it to the contracts,
and only then switch the published name to it."""

import re
import shutil
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from expectations import ALLE_AVVIK_ER_VURDERT
from styring import avtrykk, dbt, gjenbruk, norsk, rapport
from styring.feil import URORT, StyringFeil, diskfeil_i
from styring.forventninger import Svar, gjor_klar, hold_avtalene
from styring.kilder.lager import leselaas
from styring.publisering import FILNAVN, MANIFEST, SEMANTISK_MANIFEST, Versjoner
from styring.stier import PROSJEKT, datamappe, kort, publiseringsmappe
from styring.validering import valider

_VIS_FEIL = 20
# The dbt tests that the judgements of avvik fail: one for an avvik without any, one for a judgement of nothing.
_NYE_AVVIK = "assert_ingen_nye_avvik"
_FORELDEDE = "assert_avviksvurderinger_gjelder_fortsatt"

Melding = Callable[[str], None]
Fremdrift = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Stans:
    """Why a build is not published, as sentences; all empty when it is."""

    nye: list[str]
    foreldede: list[str]
    brudd: list[str]

    @property
    def grunner(self) -> list[str]:
        """The sentences, the most serious avvik first, no more than a reader takes in."""
        return [*self.nye[:_VIS_FEIL], *self.foreldede[:_VIS_FEIL], *self.brudd]

    @property
    def overskrift(self) -> str:
        """What stops the build, in one sentence."""
        hva = [
            f"{len(liste)} {en if len(liste) == 1 else flere}"
            for liste, en, flere in (
                (self.nye, "nytt avvik", "nye avvik"),
                (self.foreldede, "vurdering som ikke gjelder lenger", "vurderinger som ikke gjelder lenger"),
                (self.brudd, "brutt avtale", "brutte avtaler"),
            )
            if liste
        ]
        hjelp = (
            " Rett tallet, eller rett vurderingen i seeds/kontroll/avviksvurdering.csv."
            if self.nye or self.foreldede
            else ""
        )
        return f"{' og '.join(hva)} stanser publiseringen.{hjelp} {URORT}"


def _nye_avvik(fil: Path) -> list[str]:
    """The new avvik of a build, most serious first, as sentences."""
    with duckdb.connect(str(fil), read_only=True) as kobling:
        rader = kobling.execute(
            """
            select kontroll_id, aar, oppgitt, beregnet, enhet, dokument_id, sted, beskrivelse, differanse
            from marts.avvik where status = 'ny'
            order by array_position(['høy', 'middels', 'lav'], alvorlighet), dokument_id, sted, aar
            """
        ).fetchall()
    return [
        f"{dokument}, {sted}, {aar}: {beskrivelse}. Oppgitt {norsk.tall(oppgitt)} {enhet}, "
        f"beregnet {norsk.tall(beregnet)} {enhet} (kontroll {kontroll}, differanse {_punktum(differanse)})."
        for kontroll, aar, oppgitt, beregnet, enhet, dokument, sted, beskrivelse, differanse in rader
    ]


def _foreldede_vurderinger(fil: Path) -> list[str]:
    """The judgements that no avvik answers to any longer, as sentences."""
    with duckdb.connect(str(fil), read_only=True) as kobling:
        rader = kobling.execute(
            """
            select vurdering.kontroll_id, vurdering.aar, vurdering.differanse, kontroll.differanse, kontroll.resultat
            from staging.stg_avviksvurdering as vurdering
            left join marts.kontroller as kontroll using (kontroll_id, aar)
            where kontroll.resultat is distinct from 'avvik' or kontroll.differanse <> vurdering.differanse
            order by vurdering.kontroll_id, vurdering.aar
            """
        ).fetchall()
    return [
        f"seeds/kontroll/avviksvurdering.csv: {kontroll}, {aar} er vurdert for differansen {_punktum(vurdert)}, men "
        + (
            "kontrollen finnes ikke."
            if resultat is None
            else f"differansen er nå {_punktum(differanse)}."
            if resultat == "avvik"
            else "tallene stemmer nå."
        )
        for kontroll, aar, vurdert, differanse, resultat in rader
    ]


def _punktum(verdi: object) -> str:
    """A decimal as the judgement's CSV file writes it."""
    return f"{verdi:f}".rstrip("0").rstrip(".")


def _valider(si: Melding) -> None:
    si("Leser CSV-filene i seeds/ …")
    if funn := valider():
        vist = [str(ett) for ett in funn[:_VIS_FEIL]]
        if len(funn) > _VIS_FEIL:
            vist.append(f"… og {len(funn) - _VIS_FEIL} til.")
        raise StyringFeil(
            f"{len(funn)} feil i CSV-filene. Ingenting er bygget, og det som er publisert, står som det var.",
            tuple(vist),
        )


def _dbt(
    fil: Path,
    arbeidsmappe: Path,
    variabler: dict[str, object],
    si: Melding,
    fremdrift: Fremdrift,
    laas: int | None,
    endret: list[str],
) -> dbt.Resultat:
    """Build and test with dbt. An avvik that stops publication is no fault in the build: the audit names it.

    Raises StyringFeil when anything else failed.
    """
    hva = ", ".join(utvalg.partition(":")[2].removeprefix("ekstern.") for utvalg in endret)
    bare = f" det som følger av {hva}; resten er uendret" if endret else ""
    si(f"Bygger og tester med dbt{bare} …")

    def stans_om_det_ikke_nytter(melding: str) -> None:
        """What no later node can do better with, stops the build at once."""
        if hvorfor := diskfeil_i([melding]):
            raise StyringFeil(f"Bygget kan ikke skrive i {fil.parent.parent}: {hvorfor}. {URORT}")
        if treff := re.search(rf"'?({re.escape(str(datamappe()))}/[^\n'\"]+\.parquet)", melding):
            raise StyringFeil(f"{treff[1]} er hentet, men kan ikke leses. Slett filen, og hent på nytt. {URORT}")
        if "Out of Memory Error" in melding:
            raise StyringFeil(f"DuckDB har for lite minne til å bygge. Sett STYRING_MINNE høyere. {URORT}")

    resultat = dbt.bygg(fil, arbeidsmappe, variabler, fremdrift, stans_om_det_ikke_nytter, laas, endret)
    if not resultat.ok and not (resultat.feil and set(resultat.feil) <= {_NYE_AVVIK, _FORELDEDE}):
        hva = f"dbt fant feil i {len(resultat.feil)} ledd" if resultat.feil else "dbt kom ikke i gang"
        raise StyringFeil(
            f"{hva}. {URORT}",
            tuple(resultat.feil[:_VIS_FEIL] + resultat.meldinger[:_VIS_FEIL]),
        )
    return resultat


def _stansgrunner(fil: Path, avtaler: Iterable[Svar], *, tillat_nye_avvik: bool) -> Stans:
    """Why a build that dbt could make is not published: new avvik, stale judgements, broken contracts, or nothing."""
    return Stans(
        nye=[] if tillat_nye_avvik else _nye_avvik(fil),
        foreldede=_foreldede_vurderinger(fil),
        brudd=[
            str(ett)
            for ett in avtaler
            # the new avvik are named above
            if not ett.holdt and ett.avtale != ALLE_AVVIK_ER_VURDERT
        ],
    )


def bygg(
    *,
    publiser: bool,
    paa_nytt: bool,
    tillat_nye_avvik: bool,
    statusdato: str,
    si: Melding,
    fremdrift: Fremdrift,
) -> None:
    """One build from CSV to published file, with the report that it leaves.

    What the published version has that would be the same is taken over, unless `paa_nytt`.

    Raises StyringFeil, with the published file untouched, when anything fails. A build that the audit stops leaves its
    report in `versjoner/stanset`.
    """
    start = time.monotonic()
    versjoner = Versjoner(publiseringsmappe())
    with versjoner.byggelaas():
        fra = avtrykk.inndata(statusdato=statusdato, tillat_nye_avvik=tillat_nye_avvik)
        forrige = None if paa_nytt else versjoner.gjeldende()
        if forrige is not None and not versjoner.er_hel(forrige):
            forrige = None
        endret = [] if forrige is None else avtrykk.endret(versjoner.mappe / forrige, fra)
        # the version was made of the same seeds, where none is among what has changed
        if not endret or any(en.startswith("path:") for en in endret):
            _valider(si)
        under_arbeid = versjoner.ny()
        try:
            fil = under_arbeid / FILNAVN
            variabler: dict[str, object] = {"tillat_nye_avvik": tillat_nye_avvik, "statusdato": statusdato}
            dbt_mappe = versjoner.mappe / ".dbt"
            if forrige is not None:
                (gjenbruk.kopier if endret else gjenbruk.ta_over)(versjoner.mappe / forrige, fil)
            threading.Thread(target=gjor_klar, daemon=True).start()
            with leselaas(datamappe()):
                resultat = _dbt(fil, dbt_mappe, variabler, si, fremdrift, versjoner.laas, endret)
            for navn in (MANIFEST, SEMANTISK_MANIFEST):
                shutil.copyfile(dbt_mappe / navn, under_arbeid / navn)
            if forrige is not None and endret:
                gjenbruk.fyll_ut(under_arbeid / MANIFEST, versjoner.mappe / forrige / MANIFEST)
            si("Holder martene mot avtalene (Great Expectations) og skriver kontrollrapporten …")
            mappe = versjoner.rapport(under_arbeid)
            avtaler = hold_avtalene(fil, mappe / "data_docs")
            stans = _stansgrunner(fil, avtaler, tillat_nye_avvik=tillat_nye_avvik)
            rapport.skriv(fil, mappe, versjoner.navn(under_arbeid), avtaler, stans.grunner)
            if stans.grunner:
                stanset = versjoner.legg_bort(under_arbeid) / rapport.FORSIDE
                raise StyringFeil(stans.overskrift, (*stans.grunner, f"Kontrollrapport: {kort(stanset)}"))
            innhold = rapport.sammendrag(fil)
            # what was changed under way, and perhaps back again, dbt may have read
            if avtrykk.inndata(statusdato=statusdato, tillat_nye_avvik=tillat_nye_avvik) == fra:
                avtrykk.skriv(under_arbeid, fra)
            versjon = versjoner.publiser(under_arbeid) if publiser else None
        finally:
            # a build that is not published is not left to fill the disk
            shutil.rmtree(under_arbeid, ignore_errors=True)
        tester = resultat.antall.get("test", 0) + resultat.antall.get("unit_test", 0)
        _oppsummer(si, innhold, tester, len(avtaler), time.monotonic() - start)
        if versjon is None:
            si("Ikke publisert (--uten-publisering); bygget er fjernet.")
            return
        si(f"Publisert: {versjoner.publisert} (versjon {versjon})")
        si(f"Rapport:   {versjoner.publisert_rapport / rapport.FORSIDE}")
        si("Åpne:      make dashboard")
        si(
            f"           .venv/bin/python -c \"import duckdb; duckdb.connect('{versjoner.publisert.name}', "
            "read_only=True).sql('from marts.budsjettutnyttelse').show()\""
        )
        if publiseringsmappe() == PROSJEKT and not innhold.nye_avvik:
            si(rapport.oppdater_readme(PROSJEKT / "README.md", innhold))


def _oppsummer(si: Melding, innhold: rapport.Sammendrag, tester: int, avtaler: int, sekunder: float) -> None:
    nye = f", {innhold.nye_avvik} av dem nye" if innhold.nye_avvik else ", alle vurdert"
    si("")
    si(f"Ferdig på {sekunder:.0f} sekunder.")
    for navn, verdi in (
        ("Dokumenter", norsk.tall(innhold.dokumenter)),
        ("Tall", norsk.tall(innhold.tall)),
        ("Pengehendelser", norsk.tall(innhold.hendelser)),
        ("Oppdrag", norsk.tall(innhold.oppdrag)),
        ("Tester", f"{tester} i dbt, {avtaler} avtaler, ingen feil"),
        ("Relasjoner", norsk.tall(innhold.relasjoner)),
        ("Kontroller", f"{norsk.tall(innhold.kontroller)}, {innhold.avrunding} av dem avrunding"),
        ("Avvik", f"{innhold.avvik}{nye}"),
        ("Dekning", f"{norsk.prosent(innhold.dekning)} av tallene i årsrapportens tabeller"),
    ):
        si(f"  {navn:<15}{verdi}")
