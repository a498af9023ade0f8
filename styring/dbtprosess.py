"""dbt as itself, but for one thing more that it says: why a node failed, when it failed.

By itself it says so when every node has been tried, which is long to wait where no later node can do better, or at
debug: 30 MB a build.
"""

from typing import Any

from dbt.cli.main import cli
from dbt_common.events.functions import msg_to_json

from styring.dbt import NODEN_FEILET


def _si(hendelse: Any) -> None:
    if hendelse.info.name == NODEN_FEILET:
        print(msg_to_json(hendelse), flush=True)


if __name__ == "__main__":
    cli(obj={"callbacks": [_si]})
