"""From a published file to one Parquet file a month (or a year): read once, held to the rules, counted, stored.

The file is read into a temporary database on the disk that what is stored is on: a file larger than memory is only
slower. A part whose rows are those that are stored is left untouched. `sjekksum` is the number of rows, and the sum
of a hash of each: the same for the same rows in any order and from any file. The hash is DuckDB's own, which another
version may compute otherwise; then each part is stored once more, with the same content.
"""

import datetime
import errno
import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from styring import norsk
from styring.feil import StyringFeil, diskfeil_i
from styring.kilder import csvfil, lager, regler
from styring.kilder.dfo import BEVILGNINGER, STATSREGNSKAPET, Kilde
from styring.kilder.nett import STAAR, Fremdrift

# DuckDB sorts and counts on disk beyond this, unless STYRING_MINNE says otherwise
_MINNE = "1GB"
# bytes of CSV whose rows are kept in memory; those of a larger file go to disk, packed
_I_MINNET = 500_000_000
# bytes that a thread reads at a time: with DuckDB's 32 MB, a file of a year is too few for all of them
_BUFFER = 8_000_000
_VIS = 20
_VIS_POSTER = 5
_VIS_TEGN = 300
# the files that have what is set aside without a month
_HELE_AAR = ("aar", "hittil_i_aar", "full_historikk")
# months written at a time: one is too little for DuckDB to share among processors, and each takes memory
_SKRIVERE = min(4, os.cpu_count() or 1)
# the appropriations have nothing before the comma where there are no whole kroner: ,000
_BELOP = "-?([0-9]{1,15}(,[0-9]{1,3})?|,[0-9]{1,3})"
# the parts that are not stored as they are published now: what was set aside of one has its sum too, and with the data
# all its rows
_ENDRET = """
    select telt.*, lagret.rader as foer_rader, coalesce(lagret.sjekksum, lagret.karantene) as foer_sjekksum
    from telt left join lagret on telt.del = lagret.del
    where telt.del is not null
        and (telt.sjekksum is distinct from coalesce(lagret.sjekksum, lagret.karantene)
            or telt.sjekksum is distinct from coalesce(lagret.karantene, lagret.sjekksum)
            or telt.rader is distinct from coalesce(lagret.rader, 0) + coalesce(lagret.satt_til_side, 0))
    order by telt.del
"""
_MED_FEIL = "select * from rader where grunn is not null or uleselig is not null or del is null limit 1"

Melding = Callable[[str], None]
Rad = dict[str, Any]
# the row of the table that breaks the rule, the sentence and the rule
Brudd = tuple[Rad, str, regler.Regel]


@dataclass
class Resultat:
    """What became of a file: its parts by state, and the sentences for what was refused."""

    ny: list[str] = field(default_factory=list)
    rettet: list[str] = field(default_factory=list)
    uendret: list[str] = field(default_factory=list)
    avvist: list[str] = field(default_factory=list)


def les_inn(
    kilde: Kilde,
    fil: Path,
    mappe: Path,
    *,
    godta: bool,
    si: Melding,
    fremdrift: Callable[[], Fremdrift] | None = None,
) -> Resultat:
    """Store a published file (ZIP or CSV) in the data folder, whose lock the caller holds.

    Months that break a rule are refused and the others stored. Raises StyringFeil, with nothing stored, when the file
    as a whole is refused; `godta` lets through what is refused for its size, sum or age alone.
    """
    with _duckdb_feil(fil), lager.arbeidsmappe(mappe) as arbeid, csvfil.utpakket(fil, arbeid) as (csv_fil, linjer):
        csvfil.kontroller_hode(kilde, fil, csv_fil)
        stor = csv_fil.stat().st_size > _I_MINNET
        with duckdb.connect(str(arbeid / "lese.duckdb") if stor else ":memory:") as db:
            _sett_minnegrense(db)
            db.execute(f"set temp_directory = {_tekst(str(arbeid))}")
            # a third faster; where a line must be named, the file is read once more, in order
            db.execute("set preserve_insertion_order = false")
            # asked for by `query_progress`, and not printed by DuckDB, which does so in English
            db.execute("set enable_progress_bar = true; set enable_progress_bar_print = false")
            return _Innlesing(kilde, fil, mappe, db, godta, si, fremdrift or _stille).kjor(csv_fil, linjer)


@contextmanager
def _duckdb_feil(fil: Path) -> Iterator[None]:
    try:
        yield
    except duckdb.OutOfMemoryException as feil:
        raise StyringFeil(
            f"{fil.name} trenger mer minne enn DuckDB har, {_minnegrense()}. Sett STYRING_MINNE høyere. {STAAR}"
        ) from feil
    except duckdb.Error as feil:
        tekst = str(feil)
        if disk := diskfeil_i([tekst], errno.EACCES):
            raise StyringFeil(f"{fil.name} kan ikke lagres: {disk}. {STAAR}") from feil
        if "not latin-1 encoded" in tekst:
            raise StyringFeil(f"{fil.name}{csvfil.hvor_utenfor_latin_1(fil)}. {STAAR}") from feil
        if treff := re.search(r"CSV Error on Line: (\d+)", tekst):
            raise StyringFeil(f"{fil.name}, linje {treff[1]}: {_csv_feil(tekst)}. {STAAR}") from feil
        raise StyringFeil(f"{fil.name} kan ikke leses: {tekst.splitlines()[0]}. {STAAR}") from feil


def _csv_feil(tekst: str) -> str:
    """What DuckDB says is wrong with a line, in Norwegian."""
    if treff := re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", tekst):
        return f"{treff[2]} felt; ventet {treff[1]}. Filen kan være kuttet"
    if "unterminated quote" in tekst:
        return "et felt mangler sluttanførselstegn. Filen kan være kuttet"
    return "raden er ikke som beskrevet"


def _minnegrense() -> str:
    return os.environ.get("STYRING_MINNE") or _MINNE


def _sett_minnegrense(db: duckdb.DuckDBPyConnection) -> None:
    try:
        db.execute(f"set memory_limit = {_tekst(_minnegrense())}")
    except duckdb.Error as feil:
        raise StyringFeil(
            f"STYRING_MINNE er «{_minnegrense()}»; ventet et tall med enhet, som 800MB eller 2GB. {STAAR}"
        ) from feil


def _stille() -> Fremdrift:
    return lambda *_: None


def _tekst(verdi: str) -> str:
    return "'" + verdi.replace("'", "''") + "'"


@dataclass
class _Innlesing:
    """One file on its way in.

    `lest` is a view of its rows, and `telt` its parts; `rader` holds the rows of the parts that are to be stored, and
    `deler` those parts; `lagret` is what is stored from before.
    """

    kilde: Kilde
    fil: Path
    mappe: Path
    db: duckdb.DuckDBPyConnection
    godta: bool
    si: Melding
    ny_fremdrift: Callable[[], Fremdrift]

    def kjor(self, csv_fil: Path, linjer: int) -> Resultat:
        self._apne(csv_fil)
        self._hent_lagret()
        # where nothing of it is stored, the rows are needed anyhow; else most parts are as they were, and to count them
        # is less than half the work
        alt_er_nytt = not self._rader("select * from lagret limit 1")
        if alt_er_nytt:
            self._last_inn("true")
        self._tell("rader" if alt_er_nytt else "lest")
        self._kontroller_antall(linjer)
        endret = [rad["del"] for rad in self._rader(_ENDRET)]
        if not alt_er_nytt:
            hvilke = [
                *(["del is null"] if self._rader("select * from telt where del is null") else []),
                *([f"del in ({', '.join(map(_tekst, endret))})"] if endret else []),
            ]
            # nothing to load is not even a scan
            self._last_inn(" or ".join(hvilke) or "false")
        self._merk_like()
        if self._rader(_MED_FEIL):
            # a row with a fault is known by its line, and lines are known where all rows are, in order
            self.db.execute("set preserve_insertion_order = true")
            self._last_inn("true")
            self._merk_like()
        self._samle()
        self._kontroller_filen()
        return self._lagre(endret)

    # -- reading -----------------------------------------------------------------------------------------------------

    def _apne(self, csv_fil: Path) -> None:
        """The rows, with their part, the reason to set each aside, its hash, and an amount that cannot be read."""
        kilde = self.kilde
        kolonner = ", ".join(f"{navn}: 'varchar'" for navn in kilde.kolonner.values())
        grunner = " ".join(f"when ({regel.krav}) is not true then {_tekst(regel.navn)}" for regel in kilde.radregler)
        lest = ", ".join(
            f"case when regexp_full_match({navn}, '{_BELOP}') then replace({navn}, ',', '.') end::decimal(18, 3) "
            f"as {navn}"
            for navn in kilde.belop
        )
        tomt = "is not null and" if kilde.tomt_belop else "is null or"
        uleselig = " ".join(
            f"when {navn} {tomt} not regexp_full_match({navn}, '{_BELOP}') then coalesce({navn}, '')"
            for navn in kilde.belop
        )
        self.db.execute(
            f"""
            create view lest as
            select
                * replace ({lest}),
                {kilde.del_sql.replace("$aar_i_navn", self._aar_sql)} as del,
                case {grunner} end as grunn,
                case {uleselig} end as uleselig,
                hash({self._alle_kolonner}) as radsum
            from read_csv(
                {_tekst(lager.uten_jokertegn(csv_fil))}, columns = {{{kolonner}}}, header = true, auto_detect = false,
                encoding = 'latin-1', delim = ';', quote = '"', escape = '"', strict_mode = true,
                buffer_size = {_BUFFER}
            )
            """
        )

    def _last_inn(self, hvilke: str) -> None:
        self._kjor_lenge(f"create or replace table rader as select * from lest where {hvilke}")

    def _tell(self, tabell: str) -> None:
        """Each part as it is published: rows, the sum of their hashes, and the kroner."""
        self._kjor_lenge(
            f"""
            create table telt as
            select
                del, count(*) as rader, count(*) || '-' || sum(radsum) as sjekksum, sum({self.kilde.belop[0]}) as kroner
            from {tabell} group by del
            """
        )

    def _kontroller_antall(self, linjer: int) -> None:
        [(rader,)] = self.db.execute("select coalesce(sum(rader), 0) from telt").fetchall()
        if rader != linjer - 1:
            raise StyringFeil(
                f"{self.fil.name} har {linjer} linjer med hodet, men {rader} rader ble lest. "
                f"Filen kan ha tomme linjer, eller linjeskift inne i et felt. {STAAR}"
            )

    def _kjor_lenge(self, sporring: str) -> None:
        """Run what takes a while, and say how far it has come, each second."""
        fremdrift = self.ny_fremdrift()
        with ThreadPoolExecutor(1) as traad:
            svar = traad.submit(self.db.execute, sporring)
            try:
                while not wait([svar], timeout=1).done:
                    prosent = max(0, min(99, int(self.db.query_progress())))
                    fremdrift(prosent, 100, f"% av {self.fil.name} lest")
            except BaseException:
                self.db.interrupt()
                raise
        svar.result()

    @property
    def _slag(self) -> str:
        """Which of the published files this is, by its name; empty for others, which are taken month by month."""
        stamme = self.fil.stem
        for slag, navn in self.kilde.filer.items():
            # a browser numbers what it has downloaded before
            if re.fullmatch(navn.removesuffix(".zip").replace("{aar}", "[0-9]{4}") + r"( ?\([0-9]+\))?", stamme, re.I):
                return slag
        return ""

    @property
    def _aar(self) -> str:
        """The year that the file's name says it is of; empty when it says none."""
        return re.findall("[0-9]{4}", self.fil.stem)[0] if self._slag == "aar" else ""

    @property
    def _aar_sql(self) -> str:
        return _tekst(self._aar) if self._aar else "null"

    def _merk_like(self) -> None:
        """Give the second and later of equal rows their reason. By all columns: equal hashes are no proof."""
        deler = self._rader("select del from rader group by del having count(distinct radsum) < count(*)")
        if not deler:
            return
        self.db.execute(
            f"""
            update rader set grunn = {_tekst(regler.DUPLIKAT.navn)} where rowid in (
                select rowid from (
                    select
                        rowid, grunn, row_number() over (partition by {self._alle_kolonner} order by rowid) as nummer
                    from rader where del in ({", ".join(_tekst(str(en["del"])) for en in deler)})
                ) where nummer > 1 and grunn is null
            )
            """
        )

    def _samle(self) -> None:
        """Count what is to be stored of each part. The rows are not sorted: it costs more than it saves."""
        # the file's line where the file was read in order, and that is where a line is asked for
        self.db.execute("create view poster as select *, rowid + 2 as linje from rader")
        hoved = self.kilde.belop[0]
        summer = "".join(
            f", coalesce(sum({navn}), 0) as lest_{navn}"
            f", coalesce(sum({navn}) filter (grunn is not null), 0) as satt_til_side_{navn}"
            for navn in self.kilde.belop
        )
        self.db.execute(
            f"""
            create table deler as
            with regnet as (
                select
                    del,
                    count(grunn) as satt_til_side,
                    sum({hoved}) filter (grunn is null and kapittel_id < '3000') as utgift,
                    sum({hoved}) filter (grunn is null and kapittel_id between '3000' and '5999') as inntekt,
                    coalesce(sum({hoved}) filter (grunn = {_tekst(regler.DUPLIKAT.navn)}), 0) as duplikater,
                    count(uleselig) as uleselige,
                    arg_min(uleselig, linje) as uleselig,
                    min(linje) filter (uleselig is not null) as uleselig_linje
                    {summer}
                from poster
                where del is not null
                group by del
            ),

            grunner as (
                select del, string_agg(antall || ' ' || grunn, ', ' order by grunn) as grunner
                from (select del, grunn, count(*) as antall from poster where grunn is not null group by del, grunn)
                group by del
            ),

            -- a month that is stored from before is held to what it was
            vanlig as (
                select count(*) as maaneder, cast(median(rader) as bigint) as vanlig_rader
                from (
                    select rader from telt where right(del, 2) <> '00'
                    union all
                    select lagret.rader from lagret anti join telt on lagret.del = telt.del
                    where lagret.rader is not null
                )
            )

            select
                endret.*,
                regnet.* exclude (del),
                grunner.grunner,
                vanlig.*,
                '{norsk.i_dag():%Y%m}' as denne_maaneden,
                right(endret.del, 2) <> '00' as er_del,
                case
                    when right(endret.del, 2) <> '00' then endret.rader else (select sum(rader) from telt)
                end as av_rader
            from ({_ENDRET}) as endret
            inner join regnet on endret.del = regnet.del
            cross join vanlig
            left join grunner on endret.del = grunner.del
            order by endret.del
            """
        )
        self._summer_aarene()

    def _summer_aarene(self) -> None:
        """The kroner of each year that the file is of and that has all its months, here or stored, without what is set
        aside for being there twice.
        """
        aarene = {rad["del"][:4] for rad in self._rader("select del from telt where length(del) = 6")}
        her = {rad["del"] for rad in self._rader("select del from telt")}
        self.db.execute("create table utenfor_filen (del varchar, kroner decimal(38, 3))")
        for mappe, hvilke in ((self._mappe, "true"), (self._karantene, f"grunn <> {_tekst(regler.DUPLIKAT.navn)}")):
            for aar in aarene:
                for fil in mappe.glob(f"*={aar}*/{lager.FILNAVN}"):
                    del_ = fil.parent.name.partition("=")[2]
                    # what a whole year set aside with the year goes when the year comes again
                    if del_ not in her and not (del_.endswith("00") and self._slag in _HELE_AAR):
                        with self._lagret_leses():
                            self.db.execute(
                                f"insert into utenfor_filen select ?, sum(belop) from read_parquet(?) where {hvilke}",
                                [del_, lager.uten_jokertegn(fil)],
                            )
        self.db.execute(
            """
            create table hele_aar as
            select
                left(alle.del, 4) as del,
                sum(alle.kroner) - coalesce(sum(alle.duplikater), 0) as i_sum,
                count(alle.endret) > 0 as endret
            from (
                select
                    telt.del, telt.kroner, coalesce(deler.duplikater, lagret.duplikater) as duplikater,
                    deler.del as endret
                from telt
                left join deler on telt.del = deler.del
                left join lagret on telt.del = lagret.del
                where length(telt.del) = 6
                union all
                select del, kroner, null, null from utenfor_filen
            ) as alle
            group by left(alle.del, 4)
            having count(distinct alle.del) filter (right(alle.del, 2) <> '00') = 12
            """
        )

    def _hent_lagret(self) -> None:
        """What is stored of the parts that can be in the file: rows, and the sum of the published rows in the data and
        in what was set aside. Raises StyringFeil when a stored file is damaged.
        """
        self.db.execute(
            "create table filene (fil varchar, rader bigint, sjekksum varchar, duplikater decimal(38, 3), del varchar)"
        )
        like = f"coalesce(sum(belop) filter (grunn = {_tekst(regler.DUPLIKAT.navn)}), 0)"
        for mappe, duplikater in ((self._mappe, "null"), (self._karantene, like)):
            filer = [(str(fil), fil.parent.name.partition("=")[2]) for fil in self._lagrede(mappe)]
            if filer:
                with self._lagret_leses():
                    self.db.execute(
                        f"""
                        insert into filene (fil, rader, sjekksum, duplikater)
                        select filename, count(*), any_value(sjekksum), {duplikater}
                        from read_parquet(?, filename = true, hive_partitioning = false, union_by_name = true)
                        group by filename
                        """,
                        [[fil for fil, _ in filer]],
                    )
                self.db.executemany("update filene set del = $2 where fil = $1", filer)
        self.db.execute(
            """
            create table lagret as
            select
                del,
                max(rader) filter (duplikater is null) as rader,
                max(rader) filter (duplikater is not null) as satt_til_side,
                max(sjekksum) filter (duplikater is null) as sjekksum,
                max(sjekksum) filter (duplikater is not null) as karantene,
                max(duplikater) as duplikater
            from filene group by del
            """
        )

    def _lagrede(self, mappe: Path) -> Iterator[Path]:
        return mappe.glob(f"*={self._aar}*/{lager.FILNAVN}")

    @contextmanager
    def _lagret_leses(self) -> Iterator[None]:
        try:
            yield
        except duckdb.OutOfMemoryException:
            # says nothing of the file
            raise
        except duckdb.Error as feil:
            if hvorfor := diskfeil_i([str(feil)], errno.EACCES):
                raise StyringFeil(f"Noe av det som er lagret i {self.mappe}, kan ikke leses: {hvorfor}.") from feil
            raise StyringFeil(
                f"Noe av det som er lagret i {self.mappe}, er skadet ({str(feil).splitlines()[0]}). "
                "Slett filen, og hent på nytt."
            ) from feil

    # -- rules -------------------------------------------------------------------------------------------------------

    def _kontroller_filen(self) -> None:
        """Raises StyringFeil when the file as a whole is refused."""
        slag, aar = self._slag, self._aar_sql
        # what the file is the newest of, as digits of the part
        sifre = 4 if slag == "hittil_i_aar" else 6
        dekker = "true" if slag in ("aar", "full_historikk") else "false"
        if slag == "hittil_i_aar":
            dekker = "left(del, 4) in (select left(del, 4) from telt)"
        self.db.execute(
            f"""
            create table filer as
            select
                {_tekst(slag)} as slag,
                {aar} as aar_i_navn,
                coalesce(sum(rader), 0) as rader,
                coalesce(sum(rader) filter (del is null), 0) as uten_aar,
                (select min(linje) from poster where del is null) as uten_aar_linje,
                coalesce(sum(rader) filter (right(del, 2) = '00' and length(del) = 6), 0) as uten_maaned,
                (select min(linje) from poster where right(del, 2) = '00' and length(del) = 6) as uten_maaned_linje,
                count(del) as deler_i_alt,
                count(*) filter (left(del, 4) = {aar}) as deler_i_aaret,
                count(distinct left(del, 4)) as aar_i_alt,
                string_agg(distinct left(del, 4), ', ' order by left(del, 4)) as alle_aar,
                string_agg(del, ', ' order by del) as alle_deler,
                string_agg(del, ', ' order by del) filter (left(del, 4) <> {aar}) as utenfor,
                max(left(del, {sifre})) as nyeste,
                (select max(left(del, {sifre})) from lagret where rader is not null) as nyeste_lagret,
                exists (select del from deler) as endret,
                (
                    select string_agg(del, ', ' order by del) from lagret
                    where rader is not null and {dekker} and del not in (select del from telt where del is not null)
                ) as borte
            from telt
            """
        )
        self._avvis(self._brudd(regler.FILREGLER, "filer"))

    def _avvis(self, brudd: list[Brudd]) -> None:
        """Raises StyringFeil when there is a reason to refuse the file."""
        if brudd:
            raise StyringFeil(
                f"{self.fil.name} er avvist. {brudd[0][1]}{self._hjelp(brudd)} {STAAR}",
                tuple(setning for _, setning, _ in brudd[1:]),
            )

    def _brudd(self, regelsett: tuple[regler.Regel, ...], tabell: str) -> list[Brudd]:
        """What breaks the rules and is not let through."""
        funnet = []
        for regel in regelsett:
            if regel.godtas and self.godta:
                continue
            for rad in self._rader(f"select * from {tabell} where ({regel.krav}) is not true"):
                setning = regel.setning.format(del_=rad.get("del"), **{navn: _vist(en) for navn, en in rad.items()})
                funnet.append((rad, setning, regel))
        return funnet

    @staticmethod
    def _hjelp(brudd: list[Brudd]) -> str:
        return " Er det riktig likevel, bruk --godta." if all(regel.godtas for *_, regel in brudd) else ""

    # -- storing -----------------------------------------------------------------------------------------------------

    def _lagre(self, endret: list[str]) -> Resultat:
        """Write the parts that are new or changed, and replace them together. Says what became of the file."""
        deler = self._rader("select * from deler order by del")
        brudd = self._brudd(self.kilde.delregler, "deler")
        if not brudd:
            # a part that is refused is what the year lacks
            self._avvis(self._brudd(regler.AARSREGLER, "hele_aar"))
        avvist = {rad["del"] for rad, *_ in brudd}
        skrives = [rad for rad in deler if rad["del"] not in avvist]
        resultat = Resultat(
            ny=[rad["del"] for rad in skrives if rad["foer_sjekksum"] is None],
            rettet=[rad["del"] for rad in skrives if rad["foer_sjekksum"] is not None],
            uendret=[rad["del"] for rad in self._rader("select del from telt") if rad["del"] not in endret],
            avvist=sorted(avvist),
        )
        merknader = list(self._ukjente_poster(skrives))
        hentet, fremdrift = datetime.datetime.now(datetime.UTC).replace(tzinfo=None), self.ny_fremdrift()
        with lager.utskifting() as skifte, ThreadPoolExecutor(_SKRIVERE) as traader:
            skriv = partial(self._skriv, hentet=hentet, skifte=skifte)
            for nummer, del_ in enumerate(traader.map(skriv, skrives), 1):
                fremdrift(nummer, len(skrives), f"{self.kilde.navn} {del_}")
            self._fjern_borte(skifte)
        self._si_hva(skrives, resultat)
        for merknad in merknader:
            self.si(f"  Merk: {merknad}")
        if brudd:
            raise StyringFeil(
                f"{len(avvist)} av {len(resultat.uendret) + len(deler)} deler av {self.fil.name} er avvist; "
                f"det som er lagret av {'den' if len(avvist) == 1 else 'dem'}, står som det var.{self._hjelp(brudd)}",
                tuple(setning for _, setning, _ in brudd[:_VIS]),
            )
        return resultat

    def _skriv(self, rad: Rad, hentet: datetime.datetime, skifte: lager.Utskifting) -> str:
        """Write a part and what was set aside of it. Returns its name."""
        del_, fast = rad["del"], f"{_tekst(rad['sjekksum'])} as sjekksum, timestamp '{hentet}' as hentet"
        her = f"from poster where del = {_tekst(del_)}"
        data, karantene = self._datafil(del_), self._karantenefil(del_)
        # what is set aside first: the data's sum is the last to say that all of it is in place
        if rad["satt_til_side"]:
            felter = ", ".join(f"{_tekst(fra)}, {til}::varchar" for fra, til in self.kilde.kolonner.items())
            self._kopier(
                f"""
                select
                    grunn, linje, json_object({felter})::varchar as innhold, {self.kilde.belop[0]} as belop,
                    {_tekst(self.fil.name)} as fil, {fast}
                {her} and grunn is not null order by linje
                """,
                skifte.ny(karantene),
            )
        elif karantene.exists():
            skifte.fjern(karantene)
        if rad["rader"] > rad["satt_til_side"]:
            ny = skifte.ny(data)
            self._kopier(
                f"""
                select {", ".join(self.kilde.lagret)}, {fast}
                {her} and grunn is null
                """,
                ny,
            )
            self._kontroller_skrevet(rad, ny)
        return str(del_)

    def _kopier(self, sporring: str, fil: Path) -> None:
        # a connection is one thread's
        self.db.cursor().execute(f"copy ({sporring}) to {_tekst(str(fil))} (format parquet, compression zstd)")

    def _kontroller_skrevet(self, rad: Rad, fil: Path) -> None:
        """Raises StyringFeil unless what was read is what is stored and what is set aside, in rows and kroner."""
        summer = ", ".join(f"coalesce(sum({navn}), 0)" for navn in self.kilde.belop)
        [skrevet] = self.db.cursor().execute(f"select count(*), {summer} from read_parquet(?)", [str(fil)]).fetchall()
        ventet = (
            rad["rader"] - rad["satt_til_side"],
            *(rad[f"lest_{navn}"] - rad[f"satt_til_side_{navn}"] for navn in self.kilde.belop),
        )
        if skrevet != ventet:
            raise StyringFeil(
                f"{self.fil.name}: {rad['del']} ble skrevet med {skrevet} (rader, kroner); ventet {ventet}. {STAAR}"
            )

    def _fjern_borte(self, skifte: lager.Utskifting) -> None:
        """What is no longer in the file, when that was let through; and what was set aside without a month."""
        [(borte,)] = self.db.execute("select borte from filer").fetchall()
        for del_ in (borte or "").split(", "):
            if del_:
                self.si(f"  {del_} er ikke i filen og er fjernet.")
                skifte.fjern(self._datafil(del_))
                skifte.fjern(self._karantenefil(del_))
        if self._slag in _HELE_AAR:
            for rad in self._rader("select distinct left(del, 4) || '00' as del from telt except select del from telt"):
                skifte.fjern(self._karantenefil(rad["del"]))

    def _si_hva(self, skrevet: list[Rad], resultat: Resultat) -> None:
        """Rows and kroner as published, by year; what was set aside, by reason; a year that does not sum to zero."""
        aarene = self._rader(
            """
            select left(del, 4) as aar, sum(rader) as rader, sum(kroner) as kroner, any_value(i_sum) as i_sum
            from telt left join (select del as aar, i_sum from hele_aar) as hele on left(telt.del, 4) = hele.aar
            group by left(del, 4) order by 1
            """
        )
        self.si(
            f"{self.fil.name}: {norsk.tall(sum(rad['rader'] for rad in aarene))} rader. "
            f"{len(resultat.ny)} nye, {len(resultat.rettet)} rettet, {len(resultat.uendret)} uendret"
            f"{f', {len(resultat.avvist)} avvist' if resultat.avvist else ''}."
        )
        for rad in aarene:
            self.si(f"  {rad['aar']}: {norsk.tall(rad['rader'])} rader, i alt {norsk.tall(rad['kroner'], 3)} kr.")
            if abs(rad["i_sum"] or 0) > regler.AARSSUM_HOYST:
                self.si(f"  Merk: {rad['aar']} skulle vært null i sum, som et helt år er.")
        [(maaneder,)] = self.db.execute(
            "select count(*) from telt where length(del) = 6 and right(del, 2) <> '00'"
        ).fetchall()
        if self._aar and int(self._aar) < norsk.i_dag().year and maaneder < 12:
            self.si(f"  Merk: filen er etter navnet hele {self._aar}, men har {maaneder} av 12 måneder.")
        satt = [rad for rad in skrevet if rad["satt_til_side"]]
        if not satt:
            return
        kroner = sum((rad[f"satt_til_side_{self.kilde.belop[0]}"] for rad in satt), Decimal())
        rader = sum(rad["satt_til_side"] for rad in satt)
        self.si(f"  Satt til side: {norsk.tall(rader)} rader, i alt {norsk.tall(kroner, 3)} kr.")
        setninger = {regel.navn: regel.setning for regel in (*self.kilde.radregler, regler.DUPLIKAT)}
        hvor = ", ".join(_tekst(rad["del"]) for rad in satt)
        for rad in self._rader(
            f"""
            select grunn, count(*) as antall, min(linje) as linje
            from poster where grunn is not null and del in ({hvor}) group by grunn order by grunn
            """
        ):
            self.si(f"    {rad['antall']} {rad['grunn']}, først på linje {rad['linje']}. {setninger[rad['grunn']]}")

    def _ukjente_poster(self, skrives: list[Rad]) -> Iterator[str]:
        """Say of which posts there are accounts, but neither an appropriation in the year nor accounts the year before.

        The state has some of them each year. Where no appropriations are stored of the year, its posts are held to the
        accounts alone, and where there are none of those either, to nothing.
        """
        if self.kilde is not STATSREGNSKAPET or not skrives:
            return
        deler = ", ".join(_tekst(rad["del"]) for rad in skrives)
        self.db.execute(
            f"""
            create table brukt as
            select left(del, 4)::integer as aar, post_id, sum(belop) as kroner
            from poster where grunn is null and del in ({deler}) group by all;
            -- the year is the one in which the post is known by it
            create table kjent as select distinct aar + 1 as aar, post_id, false as bevilget from brukt
            """
        )
        for kilde, etter in ((STATSREGNSKAPET, 1), (BEVILGNINGER, 0)):
            filer = [
                str(fil)
                for aar in sorted({int(rad["del"][:4]) - etter for rad in skrives})
                for fil in (self.mappe / kilde.navn).glob(f"{kilde.del_}={aar}*/{lager.FILNAVN}")
            ]
            if filer:
                with self._lagret_leses():
                    self.db.execute(
                        f"""
                        insert into kjent
                        select distinct left({kilde.del_}, 4)::integer + {etter}, post_id, {kilde is BEVILGNINGER}
                        from read_parquet(?, hive_partitioning = true, hive_types_autocast = false)
                        """,
                        [filer],
                    )
        for rad in self._rader(
            """
            select
                aar, count(*) as antall, list((post_id, kroner) order by abs(kroner) desc, post_id) as poster,
                aar in (select aar from kjent where bevilget) as bevilget
            from brukt anti join kjent using (aar, post_id)
            where aar in (select aar from kjent)
            group by aar order by aar
            """
        ):
            vist = [f"{post[:4]}/{post[4:]} ({norsk.tall(kr, 3)} kr)" for post, kr in rad["poster"][:_VIS_POSTER]]
            yield (
                f"{rad['antall']} post{'er' if rad['antall'] > 1 else ''} har regnskap i {rad['aar']}, men "
                f"{'verken bevilgning det året eller' if rad['bevilget'] else 'ikke'} regnskap året før: "
                f"{', '.join(vist)}{' …' if rad['antall'] > len(vist) else ''}"
            )

    # -- places ------------------------------------------------------------------------------------------------------

    @property
    def _mappe(self) -> Path:
        return self.mappe / self.kilde.navn

    @property
    def _karantene(self) -> Path:
        return self.mappe / "karantene" / f"kilde={self.kilde.navn}"

    def _datafil(self, del_: str) -> Path:
        return self._mappe / f"{self.kilde.del_}={del_}" / lager.FILNAVN

    def _karantenefil(self, del_: str) -> Path:
        return self._karantene / f"periode={del_}" / lager.FILNAVN

    @property
    def _alle_kolonner(self) -> str:
        return ", ".join(self.kilde.kolonner.values())

    def _rader(self, sporring: str) -> list[Rad]:
        svar = self.db.execute(sporring)
        navn = [kolonne[0] for kolonne in svar.description or ()]
        return [dict(zip(navn, rad, strict=True)) for rad in svar.fetchall()]


def _vist(verdi: object) -> object:
    """A value in a sentence: text not longer than can be read, and without what a terminal would obey."""
    if isinstance(verdi, str):
        tegn = "".join(en if en.isprintable() else "\N{REPLACEMENT CHARACTER}" for en in verdi)
        return tegn if len(tegn) <= _VIS_TEGN else f"{tegn[:_VIS_TEGN]} …"
    return norsk.tall(verdi, 3) if isinstance(verdi, int | Decimal) and not isinstance(verdi, bool) else verdi
