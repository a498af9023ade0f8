"""The state's accounts through the models: the whole state against DFØ's totals, IMDi against what is printed, and a
month at a time against everything at once."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from styring import dbt, gjenbruk
from styring.cli import hoved
from styring.publisering import FILNAVN, MANIFEST
from styring.stier import PROSJEKT
from tests.stat.generator import skriv, skriv_feil
from tests.stat.modell import Plan

PLAN = Plan(fra=2021, til=2023, siste_maaned=10, virksomheter=8, poster=60, rader=4_000)
EKSTERNT = PROSJEKT.parent / "shared/eksternt"
# what is made of the fetched sources, and of what is made of them
ALT_BAK = ("source:ekstern.statsregnskapet+", "source:ekstern.bevilgninger+")


class Lager:
    """A build with a data folder of its own, in which the models of the state's accounts are run again.

    dbt works on all of them in `arbeidsmappe`, and under one name, so that it reads the project once.
    """

    def __init__(self, publisert: Path, mappe: Path, arbeidsmappe: Path) -> None:
        self.mappe = mappe
        self.arbeidsmappe = arbeidsmappe
        self.data = mappe / "data"
        self.fil = mappe / FILNAVN
        mappe.mkdir()
        shutil.copyfile(publisert / FILNAVN, self.fil)
        self.fil.chmod(0o644)

    def hent(self, kilde: str, fra: Path, *valg: str) -> str:
        svar = CliRunner(env={"STYRING_DATA": str(self.data)}).invoke(hoved, ["hent", kilde, "--fra", str(fra), *valg])
        assert svar.exit_code == 0, svar.output
        return svar.output

    def kjor(self, *valg: str) -> None:
        """Run the models, as they stand in the file: incremental ones read what is new."""
        self.dbt("run", *valg, "--select", *ALT_BAK)

    def dbt(self, *hva: str) -> None:
        svar = subprocess.run(
            dbt.kommando(*hva, arbeidsmappe=self.arbeidsmappe),
            cwd=PROSJEKT,
            env=dbt.miljo(dbt._under_fast_navn(self.fil, self.arbeidsmappe)) | {"STYRING_DATA": str(self.data)},
            capture_output=True,
            text=True,
        )
        assert svar.returncode == 0, svar.stdout

    @contextmanager
    def sql(self) -> Iterator[Callable[..., list[tuple[object, ...]]]]:
        with duckdb.connect(str(self.fil), read_only=True) as kobling:
            yield lambda sporring, *verdier: kobling.execute(sporring, list(verdier)).fetchall()

    def summer(self) -> dict[str, tuple[object, ...]]:
        """The number of rows of each mart, and a sum of their hashes."""
        with self.sql() as sql:
            marter = sql("select table_name from duckdb_tables() where schema_name = 'marts' order by 1")
            return {
                str(navn): sql(f"select count(*), sum(hash(mart)::hugeint) from marts.{navn} as mart")[0]
                for (navn,) in marter
            }

    def kompilert(self) -> str:
        """The query of the incremental model in the last run, of any of them."""
        return next((self.arbeidsmappe / "compiled").rglob("int_regnskap_per_maaned.sql")).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def filer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """DFØ's files of a small state: years, the last month, and the appropriations."""
    mappe = tmp_path_factory.mktemp("dfo")
    skriv(PLAN, mappe, pakket=False)
    return mappe


@pytest.fixture(scope="module")
def lager(publisert: Path, filer: Path, tmp_path_factory: pytest.TempPathFactory) -> Lager:
    """The whole state at once. The tests do not change it."""
    lager = Lager(publisert, tmp_path_factory.mktemp("stat") / "alt", tmp_path_factory.mktemp("dbt"))
    lager.hent("statsregnskapet", filer)
    lager.hent("bevilgninger", filer)
    lager.kjor()
    return lager


def test_imdis_regnskap_er_det_som_er_trykt(lager: Lager) -> None:
    with lager.sql() as sql:
        kontroller = sql("select resultat, aar from marts.kontroller where regel_id = 'maanedsregnskap'")
        assert {aar for _, aar in kontroller} == {2021, 2022}
        assert len(kontroller) == 15
        assert {resultat for resultat, _ in kontroller} <= {"ok", "avrunding"}


def test_imdis_aar_som_er_trykt_i_millioner_er_i_kroner_naar_maanedene_er_der(lager: Lager) -> None:
    """2022 is printed in millions, 2023 in kroner, and 2023 has ten months here."""
    with lager.sql() as sql:
        rader = sql(
            """
            select utnyttelse.budsjettaar, regnskap_kr, regnskap_presisjon_kr, regnskapskilde, sum(regnskap.belop)
            from marts.budsjettutnyttelse as utnyttelse
            left join intermediate.int_regnskap_per_maaned as regnskap
                on regnskap.organisasjonsnummer = '987879696' and regnskap.budsjettaar = utnyttelse.budsjettaar
                    and regnskap.kapittel = utnyttelse.kapittel and regnskap.post = utnyttelse.post
            where utnyttelse.virksomhet_id = 'imdi' and utnyttelse.budsjettaar in (2022, 2023) and regnskap_kr <> 0
            group by all
            """
        )
    for aar, kroner, presisjon, kilde, maanedene in rader:
        if kilde == "DFO-REGNSKAP":
            assert (aar, presisjon) == (2022, 1)
            assert abs(Decimal(str(kroner)) - Decimal(str(maanedene))) <= Decimal("0.5")
        else:
            assert (presisjon, kilde) == (1, "AR2023")
    assert {kilde for *_, kilde, _ in rader} == {"DFO-REGNSKAP", "AR2023"}


def test_en_maaned_til_forveksling_gjor_at_det_trykte_ikke_stemmer(
    lager: Lager, publisert: Path, tmp_path: Path
) -> None:
    """The control is shown to fail: November stands in December's place, and IMDi's year is not what is printed."""
    andre = Lager(publisert, tmp_path / "uten_desember", lager.arbeidsmappe)
    shutil.copytree(lager.data, andre.data)
    shutil.copytree(
        andre.data / "statsregnskapet/periode=202211",
        andre.data / "statsregnskapet/periode=202212",
        dirs_exist_ok=True,
    )
    andre.kjor()
    with andre.sql() as sql:
        avvik = sql("select count(*) from marts.avvik where regel_id = 'maanedsregnskap' and aar = 2022")
    assert avvik[0][0]


def test_maaned_for_maaned_er_det_samme_som_alt_paa_nytt(
    lager: Lager, filer: Path, publisert: Path, tmp_path: Path
) -> None:
    """A new month, a late correction and a month that is withdrawn; each mart is the same as when all is read anew."""
    trinnvis = Lager(publisert, tmp_path / "trinnvis", lager.arbeidsmappe)
    shutil.copytree(lager.data, trinnvis.data)
    siste, trukket, rettet = "202310", "202309", "202205"
    for periode in (siste, trukket):
        shutil.move(trinnvis.data / f"statsregnskapet/periode={periode}", tmp_path / periode)
    trinnvis.kjor()
    uten_siste = trinnvis.summer()

    shutil.move(tmp_path / trukket, trinnvis.data / f"statsregnskapet/periode={trukket}")
    trinnvis.kjor()
    assert f"where periode in ('{trukket}')" in trinnvis.kompilert()

    shutil.rmtree(trinnvis.data / f"statsregnskapet/periode={trukket}")
    # one posting moved, and one withdrawn
    fil = skriv_feil(PLAN, rettet, "rettet", tmp_path / "rettet.csv")
    fil.write_bytes(b"".join(fil.read_bytes().splitlines(keepends=True)[:-1]))
    # the year is then not null in sum
    trinnvis.hent("statsregnskapet", fil, "--godta")
    trinnvis.hent("statsregnskapet", filer / "statsregnskapet_siste_maaned.csv")
    trinnvis.kjor()
    assert f"where periode in ('{rettet}', '{siste}')" in trinnvis.kompilert()

    paa_nytt = Lager(publisert, tmp_path / "paa_nytt", lager.arbeidsmappe)
    shutil.copytree(trinnvis.data, paa_nytt.data)
    paa_nytt.kjor("--full-refresh")
    assert "where periode in" not in paa_nytt.kompilert()
    assert trinnvis.summer() == paa_nytt.summer()
    forskjellige = {navn for navn, sum_ in trinnvis.summer().items() if uten_siste[navn] != sum_}
    assert {"budsjettutnyttelse_per_maaned", "regnskapsperioder", "statsbudsjettet"} <= forskjellige


def test_ingenting_nytt_leser_ingen_maaneder(lager: Lager, tmp_path: Path) -> None:
    kopi = Lager(lager.mappe, tmp_path / "igjen", lager.arbeidsmappe)
    kopi.data = lager.data
    foer = kopi.summer()
    kopi.kjor()
    assert "where periode in ('')" in kopi.kompilert()
    assert kopi.summer() == foer


def test_en_maaned_alene_kan_bygges(lager: Lager, filer: Path, publisert: Path, tmp_path: Path) -> None:
    """What is printed is held to whole years, and asks for none. What else lies beside the month is no part of it."""
    alene = Lager(publisert, tmp_path / "alene", lager.arbeidsmappe)
    alene.hent("statsregnskapet", filer / "statsregnskapet_siste_maaned.csv")
    [fil] = alene.data.glob("statsregnskapet/*/data.parquet")
    shutil.copyfile(fil, fil.with_name("kopi.parquet"))
    alene.kjor()
    alene.dbt("test", "--select", "assert_hver_regel_er_brukt")
    with alene.sql() as sql:
        assert sql("select sum(antall_posteringer) from intermediate.int_regnskap_per_maaned") == sql(
            "select count(*) from read_parquet(?)", str(fil)
        )


def test_hver_virksomhet_har_hver_maaned_og_summene_henger_sammen(lager: Lager) -> None:
    with lager.sql() as sql:
        assert sql("select count(distinct virksomhet_id) > 7 from marts.budsjettutnyttelse_per_maaned") == [(True,)]
        # each month adds to what has accrued, but for the rounding of each to whole kroner
        assert (
            sql(
                """
                select * from (
                    select
                        hittil_i_aar_kr, regnskap_kr, maaned,
                        lag(hittil_i_aar_kr, 1, 0) over (
                            partition by virksomhet_id, budsjettaar, kapittel, post order by maaned
                        ) as forrige
                    from marts.budsjettutnyttelse_per_maaned
                ) where abs(hittil_i_aar_kr - forrige - regnskap_kr) > 1
                """
            )
            == []
        )
        # the agencies' years are the year of the post
        assert (
            sql(
                """
                select budsjettaar, kapittel, post from marts.statsbudsjettet
                full join (
                    select budsjettaar, kapittel, post, sum(hittil_i_aar_kr) as sum_kr, count(*) as antall
                    from marts.budsjettutnyttelse_per_maaned where maaned = 12 group by all
                ) using (budsjettaar, kapittel, post)
                where abs(coalesce(sum_kr, 0) - regnskap_kr) > coalesce(antall, 0)
                    or (sum_kr is not null and regnskap_kr is null)
                """
            )
            == []
        )
        assert sql("select distinct regnskap_kr from marts.statsbudsjettet where budsjettaar = 2023") == [(None,)]


def test_staten_er_den_samme_som_dfos_summer(lager: Lager, publisert: Path, tmp_path: Path) -> None:
    """Each post and agency of each year, from files made of the totals that DFØ publishes."""
    if not EKSTERNT.is_dir():
        pytest.skip("DFØs summer (../shared/eksternt) er ikke på denne maskinen")
    staten = Lager(publisert, tmp_path / "staten", lager.arbeidsmappe)
    skriv(Plan(fra=2014, til=2025, rader=25_000, fasit=EKSTERNT), tmp_path / "dfo", pakket=False)
    # each total is rounded to a tenth of a million, so that the years are null but for some millions
    staten.hent("statsregnskapet", tmp_path / "dfo", "--godta")
    staten.hent("bevilgninger", tmp_path / "dfo")
    staten.kjor()
    with staten.sql() as sql:
        assert sql(
            """
            with fasit as (
                select
                    kapittel, post, aar::integer as budsjettaar,
                    replace(virksomhet_orgnr, '_ovrige', '999999999') as organisasjonsnummer,
                    sum(regnskap_mill_kr::decimal(18, 1)) * 1000000 as kr
                from read_csv(?, all_varchar = true) group by all
            ),

            lageret as (
                select kapittel, post, budsjettaar, organisasjonsnummer, hele_aaret as kr
                from intermediate.int_regnskap_hittil where maaned = 12 and har_regnskap
            )

            select count(*), count(*) filter (fasit.kr is distinct from lageret.kr)
            from fasit full join lageret using (kapittel, post, budsjettaar, organisasjonsnummer)
            """,
            str(EKSTERNT / "statsregnskapet_virksomheter.csv"),
        ) == [(31_959, 0)]
        assert sql(
            """
            with fasit as (
                select
                    kapittel, post, aar::integer as budsjettaar,
                    sum(saldert_mill_kr::decimal(18, 1)) * 1000000 as saldert_kr,
                    sum(revidert_mill_kr::decimal(18, 1)) * 1000000 as revidert_kr,
                    sum(regnskap_mill_kr::decimal(18, 1)) * 1000000 as regnskap_kr
                from read_csv(?, all_varchar = true) group by all
            )

            select
                count(*) > 22000,
                count(*) filter (coalesce(fasit.saldert_kr, 0) <> coalesce(mart.saldert_kr, 0)),
                count(*) filter (coalesce(fasit.revidert_kr, 0) <> coalesce(mart.revidert_kr, 0)),
                -- the agencies' totals, which the rows are made of, are rounded one by one, those near nothing to it
                count(*) filter (
                    abs(coalesce(fasit.regnskap_kr, 0) - mart.regnskap_kr)
                    > 50000 * (coalesce(mart.antall_virksomheter, 0) + 2)
                )
            from fasit full join marts.statsbudsjettet as mart using (kapittel, post, budsjettaar)
            """,
            str(EKSTERNT / "statsregnskapet_poster.csv"),
        ) == [(True, 0, 0, 0)]


def test_et_nytt_bygg_tar_over_maanedene_naar_de_regnes_likt(
    lager: Lager, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tabell = "intermediate.int_regnskap_per_maaned"
    versjon = tmp_path / "versjon"
    versjon.mkdir()
    shutil.copyfile(lager.fil, versjon / FILNAVN)
    assert gjenbruk.ta_over(versjon, tmp_path / "uten_manifest.duckdb") == []
    assert not (tmp_path / "uten_manifest.duckdb").exists()
    shutil.copyfile(lager.arbeidsmappe / MANIFEST, versjon / MANIFEST)
    assert gjenbruk.ta_over(versjon, tmp_path / "ny.duckdb") == [tabell]
    with duckdb.connect(str(tmp_path / "ny.duckdb")) as ny, lager.sql() as sql:
        sporring = f"select count(*), sum(hash(rad)::hugeint) from {tabell} as rad"
        assert ny.execute(sporring).fetchall() == sql(sporring)
    for nummer, endret in enumerate(("models/staging/statsregnskap/stg_posteringer.sql", "macros/perioder.sql")):
        prosjekt = tmp_path / f"prosjekt{nummer}"
        for mappe in ("models", "macros"):
            shutil.copytree(PROSJEKT / mappe, prosjekt / mappe)
        fil = prosjekt / endret
        fil.write_text(fil.read_text(encoding="utf-8").replace("periode", "maaneden"), encoding="utf-8")
        monkeypatch.setattr(gjenbruk, "PROSJEKT", prosjekt)
        assert gjenbruk.ta_over(versjon, tmp_path / f"endret{nummer}.duckdb") == []
