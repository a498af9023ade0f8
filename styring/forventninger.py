"""Hold a finished build to the contracts in `expectations`: one checkpoint over a few small frames, with Data Docs."""

import logging
import os
import tempfile
from copy import copy
from dataclasses import dataclass
from pathlib import Path

import duckdb

# Data Docs name a dozen style sheets and scripts on other machines. The browser is told to fetch none of them.
_HODE = """<head>
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' 'unsafe-inline';
      img-src 'self' data:; font-src data:">
    <style>
      body { font-family: sans-serif; line-height: 1.4; margin: 1rem auto; max-width: 70rem; padding: 0 1rem; }
      table { border-collapse: collapse; } td, th { border: 1px solid #767676; padding: 0.2rem 0.5rem; }
      .modal, .navbar-brand img, footer { display: none; }
    </style>"""


@dataclass(frozen=True)
class Svar:
    """How one expectation went: the mart, the sentence it promises, and what was found when it did not hold."""

    mart: str
    avtale: str
    holdt: bool
    funnet: str

    def __str__(self) -> str:
        return f"marts.{self.mart}: {self.avtale} Funnet: {self.funnet}"


def gjor_klar() -> None:
    """Import Great Expectations, which takes seconds: while dbt works, they cost nothing. It sends no telemetry."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations.checkpoint  # noqa: F401


def hold_avtalene(fil: Path, data_docs: Path) -> list[Svar]:
    """Run the checkpoint on the marts of a built file and write Great Expectations' Data Docs into `data_docs`."""
    gjor_klar()
    import great_expectations as gx
    from great_expectations.checkpoint import UpdateDataDocsAction

    from expectations.avtaler import AVTALER

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    kontekst = gx.get_context(mode="ephemeral")
    kontekst.variables.progress_bars = {"globally": False}
    kilde = kontekst.data_sources.add_pandas("marts")
    kontekst.add_data_docs_site(
        "styring",
        {
            "class_name": "SiteBuilder",
            "store_backend": {
                "class_name": "TupleFilesystemStoreBackend",
                "base_directory": str(data_docs.resolve()),
            },
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        },
    )
    with tempfile.TemporaryDirectory() as mellomlager, duckdb.connect(str(fil), read_only=True) as kobling:
        valideringer = []
        for avtale in AVTALER:
            parquet = Path(mellomlager) / f"{avtale.mart}.parquet"
            kobling.execute(f"copy (from marts.{avtale.mart}) to '{parquet}' (format parquet)").fetchall()
            del_ = kilde.add_parquet_asset(avtale.mart, path=str(parquet)).add_batch_definition("hele")
            # a suite takes its expectations over, and a second run in the process needs its own
            forventninger = [copy(en) for en in avtale.forventninger]
            suite = kontekst.suites.add(gx.ExpectationSuite(avtale.mart, expectations=forventninger))
            valideringer.append(
                kontekst.validation_definitions.add(gx.ValidationDefinition(name=avtale.mart, data=del_, suite=suite))
            )
        kontrollpunkt = kontekst.checkpoints.add(
            gx.Checkpoint(
                name="styring",
                validation_definitions=valideringer,
                actions=[UpdateDataDocsAction(name="data_docs", site_names=["styring"])],
            )
        )
        utfall = kontrollpunkt.run()
    for side in data_docs.rglob("*.html"):
        side.write_text(
            side.read_text(encoding="utf-8").replace("<html>", '<html lang="en">', 1).replace("<head>", _HODE, 1),
            encoding="utf-8",
        )
    return [
        Svar(
            mart=svar.suite_name,
            avtale=resultat.expectation_config.notes,
            holdt=bool(resultat.success),
            funnet=str(resultat.result.get("partial_unexpected_list") or resultat.result.get("observed_value")),
        )
        for svar in utfall.run_results.values()
        for resultat in svar.results
    ]
