"""Run the contracts in `expectations` on a finished build, in one process over a few small frames."""

import logging
import os
from pathlib import Path

import duckdb


def brutte_avtaler(fil: Path) -> tuple[int, list[str]]:
    """How many expectations were evaluated, and a Norwegian sentence for each that did not hold."""
    # No telemetry; and Great Expectations takes seconds to import, so that only a build pays for it.
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx

    from expectations.avtaler import AVTALER

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    kontekst = gx.get_context(mode="ephemeral")
    kontekst.variables.progress_bars = {"globally": False}
    kilde = kontekst.data_sources.add_pandas("marts")
    antall = 0
    brudd: list[str] = []
    with duckdb.connect(str(fil), read_only=True) as kobling:
        for avtale in AVTALER:
            ramme = kobling.execute(f"select * from marts.{avtale.mart}").df()
            del_ = kilde.add_dataframe_asset(avtale.mart).add_batch_definition_whole_dataframe("hele")
            suite = gx.ExpectationSuite(avtale.mart, expectations=list(avtale.forventninger))
            svar = del_.get_batch({"dataframe": ramme}).validate(suite)
            antall += len(svar.results)
            brudd += [
                f"marts.{avtale.mart}: {resultat.expectation_config.notes} "
                f"Funnet: {resultat.result.get('partial_unexpected_list') or resultat.result.get('observed_value')}"
                for resultat in svar.results
                if not resultat.success
            ]
    return antall, brudd
