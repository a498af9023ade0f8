"""The controls are tested by breaking figures: any covered figure that is typed wrong is caught."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.python.conftest import Sql
from tests.python.test_validering import SAKER

# What is evaluated from the figures alone; the ledger's controls rest on other seeds.
_EVALUERING = (
    "tall/int_tall",
    "tall/int_foretrukne_tall",
    "kontroll/int_relasjonsledd",
    "kontroll/int_kontroller_relasjoner",
    "kontroll/int_kontroller_samsvar",
    "kontroll/int_kontroller_grenser",
    "kontroll/int_kontroller",
)
# What would stop publication: an avvik that no judgement was made for, or a judgement whose avvik is gone.
_STANSER = """
    select count(*) from (
        select kontroll_id, aar, differanse from intermediate.int_kontroller where resultat = 'avvik'
    ) as avvik
    full join staging.stg_avviksvurdering as vurderinger using (kontroll_id, aar, differanse)
    where avvik.kontroll_id is null or vurderinger.kontroll_id is null
"""


@pytest.fixture(scope="module")
def levende(publisert: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the build in which the evaluation follows the seeds: the tables between them are views."""
    fil = tmp_path_factory.mktemp("levende") / "warehouse.duckdb"
    shutil.copyfile(publisert / "warehouse.duckdb", fil)
    kompilert = publisert / "versjoner/.dbt/compiled/styring/models/intermediate"
    with duckdb.connect(str(fil)) as kobling:
        for modell in _EVALUERING:
            sporring = (kompilert / f"{modell}.sql").read_text(encoding="utf-8")
            navn = modell.split("/")[-1]
            kobling.execute(f"drop table intermediate.{navn}").fetchall()
            kobling.execute(f"create view intermediate.{navn} as {sporring}").fetchall()
        yield kobling


def _uten_svar(kobling: duckdb.DuckDBPyConnection, publisert: Path) -> int:
    """How many relations lack a figure in a year that they are declared for: dbt's own test, on the live copy."""
    test = "versjoner/.dbt/compiled/styring/tests/assert_hver_relasjon_er_evaluert.sql"
    sporring = (publisert / test).read_text(encoding="utf-8")
    levende = sporring.replace('"marts"."kontroller"', '"intermediate"."int_kontroller"')
    assert levende != sporring
    return len(kobling.execute(levende).fetchall())


def _med_feil_siffer(verdi: str, tilfeldig: random.Random) -> str:
    """The figure with its first digit typed wrong, by more than rounding can explain where it is the only one."""
    plass = next(nummer for nummer, tegn in enumerate(verdi) if tegn.isdigit())
    andre = [siffer for siffer in "123456789" if abs(int(siffer) - int(verdi[plass])) > 1]
    return verdi[:plass] + tilfeldig.choice(andre) + verdi[plass + 1 :]


def _antall(
    kobling: duckdb.DuckDBPyConnection, omraade: str, serie_id: str, aar: int, verdi: str | None, sporring: str
) -> int:
    """What a query counts if the figure were `verdi`; as it is when that is None."""
    kobling.execute("begin transaction").fetchall()
    try:
        kobling.execute(
            f"update seeds.{omraade}_verdier set verdi = coalesce(?, verdi) where serie_id = ? and aar = ?",
            [verdi, serie_id, aar],
        ).fetchall()
        return int(kobling.execute(sporring).fetchall()[0][0])
    finally:
        kobling.execute("rollback").fetchall()


def _stanser(kobling: duckdb.DuckDBPyConnection, omraade: str, serie_id: str, aar: int, verdi: str) -> bool:
    """Whether publication would stop if the figure were `verdi`."""
    return bool(_antall(kobling, omraade, serie_id, aar, verdi, _STANSER))


def test_ingenting_stanser_for_noe_er_endret(levende: duckdb.DuckDBPyConnection) -> None:
    assert levende.execute(_STANSER).fetchall() == [(0,)]


def test_et_feil_siffer_i_et_dekket_tall_blir_funnet(levende: duckdb.DuckDBPyConnection) -> None:
    """Mutation: a hundred covered figures drawn at random, each with a wrong first digit, stop the build.

    One in some hundreds cannot: 572 of 32 115 is 2 per cent as well as 772 is.
    """
    dekket = levende.execute(
        """
        select verdier.omraade, verdier.serie_id, verdier.aar, cast(verdier.verdi as varchar)
        from marts.verdier as verdier
        where verdier.antall_kontroller > 0 and verdier.verdi <> 0 and verdier.tilnaermet is null
        order by verdier.verdi_id
        """
    ).fetchall()
    tilfeldig = random.Random(2023)
    sluppet = [
        (serie_id, aar, verdi, feil)
        for omraade, serie_id, aar, verdi in tilfeldig.sample(dekket, 100)
        if not _stanser(levende, omraade, serie_id, aar, feil := _med_feil_siffer(verdi, tilfeldig))
    ]
    print(f"\n{100 - len(sluppet)} av 100 feil siffer ble funnet; sluppet forbi: {sluppet}")
    assert len(sluppet) <= 2, sluppet


def test_et_siste_siffer_som_er_ett_for_hoyt(levende: duckdb.DuckDBPyConnection) -> None:
    """The smallest slip there is. Only sums and repetitions can see it; a rounded share cannot."""
    dekket = levende.execute(
        """
        select verdier.omraade, verdier.serie_id, verdier.aar,
            cast(cast(verdier.verdi + power(10, -verdier.desimaler) as decimal(18, 3)) as varchar)
        from marts.verdier as verdier
        where verdier.antall_kontroller > 0 and verdier.tilnaermet is null
        order by verdier.verdi_id
        """
    ).fetchall()
    trukket = random.Random(2024).sample(dekket, 100)
    funnet = sum(_stanser(levende, *en) for en in trukket)
    print(f"\n{funnet} av 100 tall med siste siffer ett for høyt ble funnet")
    assert funnet >= 75


@pytest.mark.parametrize("sak", [pytest.param(sak, id=sak["navn"]) for sak in SAKER if "kontroll" in sak])
def test_det_bare_innholdet_roper_stanser_og_relasjonen_sier_det(
    levende: duckdb.DuckDBPyConnection, sak: dict[str, Any]
) -> None:
    """A valid file with a wrong figure in it: the relation that the case names no longer holds."""
    serie_id, aar, verdi = sak["bytt"][1].split(",")[:3]
    omraade = Path(sak["fil"]).stem.removesuffix("_verdier")
    avvik = (
        "select count(*) from intermediate.int_kontroller where resultat = 'avvik' and kontroll_id like '%:' || "
        f"'{sak['kontroll']}' and differanse not in (select differanse from staging.stg_avviksvurdering as v "
        "where v.kontroll_id = int_kontroller.kontroll_id and v.aar = int_kontroller.aar)"
    )
    assert not _antall(levende, omraade, serie_id, int(aar), None, avvik)
    assert _antall(levende, omraade, serie_id, int(aar), verdi, avvik)


def test_et_tall_som_ikke_kan_vaere_blir_funnet_ogsaa_uten_andre_kontroller(levende: duckdb.DuckDBPyConnection) -> None:
    """Of the figures that rest in no other control, a share of 131 per cent and a count below zero stop the build."""
    udekket = levende.execute(
        """
        select omraade, serie_id, aar, case when enhet = 'prosent' then '131' else '-5' end
        from marts.verdier inner join staging.stg_enheter as enheter using (enhet)
        where antall_kontroller = 0 and verdi is not null and enheter.grunnenhet <> 'kr' and enhet <> 'prosentpoeng'
        order by verdi_id
        """
    ).fetchall()
    assert len(udekket) > 100
    sluppet = [en for en in random.Random(2026).sample(udekket, 50) if not _stanser(levende, *en)]
    assert sluppet == []


def test_et_ledd_som_mangler_blir_savnet(levende: duckdb.DuckDBPyConnection, publisert: Path) -> None:
    """A figure that goes missing takes its control with it; that is not silent."""
    assert _uten_svar(levende, publisert) == 0
    ledd = levende.execute(
        """
        select distinct verdier.omraade, verdier.serie_id, verdier.aar
        from marts.kontrollgrunnlag as grunnlag
        inner join marts.verdier as verdier using (verdi_id)
        where grunnlag.rolle not in ('resultat', 'samsvar')
        order by all
        """
    ).fetchall()
    for omraade, serie_id, aar in random.Random(2025).sample(ledd, 40):
        levende.execute("begin transaction").fetchall()
        try:
            levende.execute(
                f"delete from seeds.{omraade}_verdier where serie_id = ? and aar = ?", [serie_id, aar]
            ).fetchall()
            assert _uten_svar(levende, publisert) > 0, (serie_id, aar)
        finally:
            levende.execute("rollback").fetchall()


@pytest.mark.parametrize(
    ("test", "endring"),
    [
        (
            "assert_enheten_er_av_indikatorens_slag",
            "update seeds.tolk_serier set enhet = 'prosent' where serie_id = "
            "(select min(serie_id) from seeds.tolk_serier where indikator_id = 'tolkeregister_personer')",
        ),
        (
            "assert_hvert_ledd_har_en_rolle_i_relasjonen",
            "insert into seeds.relasjonsledd by name select 't311-totalt' as relasjon_id, 9 as ledd_nr, "
            "'ar2023-t311-busette-totalt' as serie_id, 'teller' as rolle, 1 as fortegn, 0 as aar_forskyvning",
        ),
    ],
)
def test_det_som_ellers_ble_regnet_feil_eller_utelatt_stanser(
    levende: duckdb.DuckDBPyConnection, publisert: Path, test: str, endring: str
) -> None:
    sporring = (publisert / f"versjoner/.dbt/compiled/styring/tests/{test}.sql").read_text(encoding="utf-8")
    assert levende.execute(sporring).fetchall() == []
    levende.execute("begin transaction").fetchall()
    try:
        levende.execute(endring).fetchall()
        assert len(levende.execute(sporring).fetchall()) == 1
    finally:
        levende.execute("rollback").fetchall()


def test_mer_enn_fire_av_fem_tabelltall_er_dekket(sql: Sql) -> None:
    [(tall, dekket)] = sql(
        """
        select count(*), count(case when antall_kontroller > 0 then 1 end)
        from marts.verdier where verdi is not null and plassering = 'tabell' and dokument_id = 'AR2023'
        """
    )
    print(f"\n{dekket} av {tall} tabelltall er dekket av en kontroll")
    assert dekket > 0.8 * tall  # type: ignore[operator]
