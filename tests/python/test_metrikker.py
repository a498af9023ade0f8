"""The semantic layer: metrics on the published file give the marts' own figures, through the `mf` that is installed."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from styring.stier import PROSJEKT
from tests.python.conftest import Sql

# One process for all: starting dbt costs seconds, a query hundredths.
_MANGE = """
import json, sys
from styring.mf import forbered
forbered()
from dbt_metricflow.cli.cli_configuration import CLIConfiguration
from metricflow.engine.metricflow_engine import MetricFlowQueryRequest

oppsett = CLIConfiguration()
oppsett.setup()
svar = []
for spor in json.load(sys.stdin):
    tabell = oppsett.mf.query(MetricFlowQueryRequest.create(**spor)).result_df
    svar.append([[None if celle is None else str(celle) for celle in rad] for rad in tabell.rows])
print("SVAR" + json.dumps(svar))
"""

_AAR = "metric_time__year"
_INDIKATOR = "select make_date(aar, 1, 1), verdi from marts.indikatorer where indikator_id = '{}' and gruppe = '{}'"
_UTNYTTELSE = "from marts.budsjettutnyttelse where utnyttelsesgrad is not null"

# metric, group by, where, what SQL on the marts says: the groups, then the value
_SPOR: list[tuple[str, list[str], str | None, str]] = [
    ("bosatte", [_AAR], None, _INDIKATOR.format("bosatte", "alle")),
    ("ventetid", [_AAR], None, _INDIKATOR.format("ventetid_bosetting", "alle")),
    ("overgang", [_AAR], None, _INDIKATOR.format("overgang_rett_etter", "alle")),
    ("overgang_etter_ett_aar", [_AAR], None, _INDIKATOR.format("overgang_ett_aar_etter", "alle")),
    ("tolker_i_registeret", [_AAR], None, _INDIKATOR.format("tolkeregister_personer", "alle")),
    ("kvalifisert_tolking", [_AAR], None, _INDIKATOR.format("kvalifisert_tolk_andel", "alle")),
    # without a year, the latest
    ("ventetid", [], None, "select 2.5"),
    ("kvalifisert_tolking", [], None, "select 66"),
    # an average of several averages is no average: empty when several figures meet
    (
        "indikatorverdi",
        ["indikatorverdi__gruppe"],
        "{{ Dimension('indikatorverdi__indikator_id') }} = 'overgang_ett_aar_etter'",
        "select gruppe, verdi from marts.indikatorer where indikator_id = 'overgang_ett_aar_etter' and aar = 2021",
    ),
    ("indikatorverdi", [], "{{ Dimension('indikatorverdi__indikator_id') }} = 'ventetid_bosetting'", "select null"),
    (
        "regnskap",
        [_AAR, "budsjettpost__kapittel"],
        None,
        "select make_date(budsjettaar, 1, 1), kapittel, sum(regnskap_kr) from marts.budsjettutnyttelse group by all",
    ),
    (
        "tildeling",
        [_AAR, "budsjettpost__kapittel", "budsjettpost__post"],
        None,
        "select make_date(budsjettaar, 1, 1), kapittel, post, samlet_tildeling_kr from marts.budsjettutnyttelse",
    ),
    (
        "mindreutgift",
        [_AAR],
        None,
        "select make_date(budsjettaar, 1, 1), sum(mindreutgift_kr) from marts.budsjettutnyttelse group by all",
    ),
    # of one post: the mart's own rate
    (
        "utnyttelsesgrad",
        [_AAR, "budsjettpost__kapittel", "budsjettpost__post"],
        None,
        "select make_date(budsjettaar, 1, 1), kapittel, post, utnyttelsesgrad from marts.budsjettutnyttelse",
    ),
    # of several: of those that have both figures
    (
        "utnyttelsesgrad",
        [_AAR],
        "{{ Dimension('budsjettpost__kapittel') }} = '0671'",
        "select make_date(budsjettaar, 1, 1), sum(regnskap_kr) / sum(samlet_tildeling_kr) "
        f"{_UTNYTTELSE} and kapittel = '0671' group by budsjettaar "
        "union all select date '2022-01-01', null",
    ),
    (
        "disponibelt",
        ["pengehendelse__kapittel", "pengehendelse__post"],
        "{{ TimeDimension('pengehendelse__budsjettaar', 'year') }} = '2024-01-01' "
        "and {{ TimeDimension('metric_time', 'day') }} <= '2024-06-20'",
        "select kapittel, post, disponibelt_etter_kr from marts.tildelinger "
        "where budsjettaar = 2024 and date '2024-06-20' between gjelder_fra and gjelder_til",
    ),
    ("oppdrag", [], None, "select count(distinct (virksomhet_id, oppdrag_nr)) from marts.oppdrag"),
    (
        "oppdrag_over_frist",
        ["oppdragsdel__maal_nr"],
        None,
        "select maal_nr, count(distinct oppdrag_nr) from marts.oppdrag where status = 'frist passert' group by all",
    ),
    (
        "frister_passert",
        [],
        None,
        "select count(*) from marts.oppdrag where status = 'frist passert'",
    ),
    (
        "avvik",
        ["avviket__status", "avviket__alvorlighet"],
        None,
        "select status, alvorlighet, count(*) from marts.avvik group by all",
    ),
    ("alvorlige_avvik", [], None, "select count(*) from marts.avvik where alvorlighet = 'høy'"),
    (
        "vurderte_indikatorer",
        ["vurdert_indikator__maal_nr", "vurdert_indikator__vurdering"],
        None,
        "select maal_nr, vurdering, count(indikator_id) from marts.maaloppnaaelse where not er_fordeling group by all",
    ),
    (
        "maal_tildelt",
        [_AAR, "postdel__maal_nr"],
        None,
        "select make_date(budsjettaar, 1, 1), maal_nr, sum(belop_kr) "
        "from marts.maalpenger where art = 'tildelt' group by all",
    ),
    (
        "maal_regnskap",
        ["postdel__maal_nr"],
        None,
        "select maal_nr, sum(belop_kr) from marts.maalpenger where art = 'regnskap' group by all",
    ),
]


def _python(program: str, publisert: Path, inn: str = "") -> str:
    prosess = subprocess.run(
        [sys.executable, "-c", program],
        cwd=publisert,
        input=inn,
        env=os.environ | {"STYRING_MAPPE": str(publisert)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert prosess.returncode == 0, prosess.stdout + prosess.stderr
    return prosess.stdout


def _verdi(celle: object) -> Decimal | None:
    """A figure to ten significant digits: a ratio is a float in MetricFlow, and a decimal in the mart."""
    return None if celle is None else Decimal(f"{Decimal(str(celle)):.10g}")


@pytest.fixture(scope="module")
def svar(publisert: Path) -> list[list[list[str | None]]]:
    """The rows that answer `_SPOR`, in order: the groups, then the value."""
    spor = [
        {"metric_names": [metrikk], "group_by_names": grupper, "where_constraints": [hvor] if hvor else None}
        for metrikk, grupper, hvor, _ in _SPOR
    ]
    resultat: list[list[list[str | None]]] = json.loads(_python(_MANGE, publisert, json.dumps(spor)).split("SVAR")[1])
    return resultat


@pytest.mark.parametrize("nummer", range(len(_SPOR)), ids=[f"{ett[0]}-{len(ett[1])}" for ett in _SPOR])
def test_en_metrikk_er_martenes_eget_tall(svar: list[list[list[str | None]]], sql: Sql, nummer: int) -> None:
    *_, fasit = _SPOR[nummer]
    ventet = {tuple(None if g is None else str(g) for g in rad[:-1]): rad[-1] for rad in sql(fasit)}
    faatt = {
        tuple(g.removesuffix(" 00:00:00").removesuffix("T00:00:00") if g else g for g in rad[:-1]): rad[-1]
        for rad in svar[nummer]
    }
    assert ventet, "the question has an answer"
    # a metric has a row where some figure of its own exists; what is missing is null in both
    for nokkel in ventet.keys() | faatt.keys():
        venter, fikk = _verdi(ventet.get(nokkel)), _verdi(faatt.get(nokkel))
        if venter is None or fikk is None or "utnyttelsesgrad" not in _SPOR[nummer][0]:
            assert fikk == venter, nokkel
        else:
            # the mart's rate has six decimals
            assert abs(fikk - venter) <= Decimal("0.0000005"), nokkel


def test_de_lagrede_sporringene_til_motene_gir_rader(publisert: Path) -> None:
    deklarert = yaml.safe_load((PROSJEKT / "models/semantic/etatsstyringsmoter.yml").read_text(encoding="utf-8"))
    navn = [ett["name"] for ett in deklarert["saved_queries"]]
    assert {ett.split("_")[0] for ett in navn} == {"vaarmote", "hostmote"}
    spor = json.dumps([{"saved_query_name": ett} for ett in navn])
    for ett, rader in zip(navn, json.loads(_python(_MANGE, publisert, spor).split("SVAR")[1]), strict=True):
        assert rader, ett


def test_mf_spor_ingen_utenfor_maskinen(publisert: Path) -> None:
    """dbt-metricflow asks the package index for a newer version at each start; the installed `mf` does not."""
    program = """
import sys
sys.argv = ["mf", "list", "metrics"]
forsok = []
sys.addaudithook(lambda hva, med: forsok.append(med) if hva in ("socket.connect", "socket.getaddrinfo") else None)
from styring.mf import hoved
try:
    hoved()
finally:
    print("FORSØK", forsok)
"""
    ut = _python(program, publisert)
    assert "utnyttelsesgrad" in ut
    assert ut.rstrip().endswith("FORSØK []")


def test_mf_uten_noe_publisert_sier_hva_som_maa_til(tmp_path: Path) -> None:
    prosess = subprocess.run(
        [str(Path(sys.executable).parent / "mf"), "list", "metrics"],
        env=os.environ | {"STYRING_MAPPE": str(tmp_path)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert prosess.returncode == 1
    assert prosess.stderr.strip().endswith("Kjør make først.")
    assert "Traceback" not in prosess.stderr
