"""Run dbt as a process of its own, so that the file it wrote is closed when it ends, and follow its progress."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from styring.feil import NY_INSTALLASJON, URORT, StyringFeil
from styring.stier import PROSJEKT, datamappe

_FEILET = {"error", "fail", "runtime error"}
# dbt's event with why a node failed (dbtprosess)
NODEN_FEILET = "CatchableExceptionOnRun"


@dataclass
class Resultat:
    """How a run ended: counts by kind of node, the nodes that failed, and what dbt said of it."""

    ok: bool = False
    antall: dict[str, int] = field(default_factory=dict)
    feil: list[str] = field(default_factory=list)
    meldinger: list[str] = field(default_factory=list)


def _hendelser(prosess: "subprocess.Popen[str]") -> Iterator[dict[str, Any]]:
    assert prosess.stdout is not None
    for linje in prosess.stdout:
        try:
            yield json.loads(linje)
        except json.JSONDecodeError:
            # a traceback, or a message from Python itself, before dbt logs anything
            yield {"info": {"name": "Tekst", "level": "error", "msg": linje.rstrip()}, "data": {}}


@contextmanager
def _stanses_med_oss(prosess: "subprocess.Popen[str]") -> Iterator[None]:
    """Stop dbt when this process is told to stop, and wait for it."""
    try:
        yield
    except BaseException:
        prosess.kill()
        raise


def kommando(*hva: str, arbeidsmappe: Path) -> list[str]:
    """A command of dbt's on this project. `arbeidsmappe` gets its log and what it writes beside the DuckDB file.

    Raises StyringFeil when dbt is not installed.
    """
    if not (Path(sys.executable).parent / "dbt").exists():
        raise StyringFeil(f"dbt mangler i {sys.prefix}. {NY_INSTALLASJON}")
    return [
        sys.executable,
        "-m",
        "styring.dbtprosess",
        "--no-use-colors",
        # what it says at debug is 30 MB a build, and a tenth of the time
        "--log-level-file=info",
        *hva,
        "--target=dev",
        f"--project-dir={PROSJEKT}",
        f"--profiles-dir={PROSJEKT}",
        f"--target-path={arbeidsmappe}",
        f"--log-path={arbeidsmappe}",
    ]


def miljo(fil: Path) -> dict[str, str]:
    """The environment in which dbt works on a DuckDB file, without what can leave tests out, or rows."""
    miljo = {navn: verdi for navn, verdi in os.environ.items() if not navn.startswith("DBT_")}
    # as the fingerprint reads it: dbt works in the project's folder, and knows of no ~
    if miljo.pop("STYRING_DATA", None):
        miljo["STYRING_DATA"] = str(datamappe())
    return miljo | {"STYRING_DUCKDB": str(fil), "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}


def _under_fast_navn(fil: Path, arbeidsmappe: Path) -> Path:
    """The path of a file by way of a link to its folder, which is called the same in every build.

    dbt reads the whole project anew when its profile names another file than the last time. It must do so for another
    copy of the project too, which may publish in the same folder: what it has read before says where the CSV files are.
    The link is to the folder and not to the file, so that what DuckDB writes beside the file, lands beside it.
    """
    arbeidsmappe.mkdir(parents=True, exist_ok=True)
    lenke = arbeidsmappe / f"under_arbeid-{hashlib.sha256(str(PROSJEKT).encode()).hexdigest()[:16]}"
    lenke.unlink(missing_ok=True)
    lenke.symlink_to(os.path.relpath(fil.parent, arbeidsmappe))
    return lenke / fil.name


def bygg(
    fil: Path,
    arbeidsmappe: Path,
    variabler: dict[str, object],
    fremdrift: Callable[[int, int, str], None],
    ved_feil: Callable[[str], None],
    laas: int | None = None,
    endret: Sequence[str] = (),
) -> Resultat:
    """`dbt build` into a DuckDB file: a new one, or one with everything in it but what has changed, as dbt selects it.

    Of the latter only what follows from that is built and tested; the unit tests, which have rows of their own, answer
    as they did. `fremdrift` gets nodes done, nodes in all and the node's name; `ved_feil` what dbt says of a
    node when it fails, and of itself, and may raise what stops the build.

    `arbeidsmappe` gets dbt's log and what it compiled. dbt holds the lock too, so that no other build begins while it
    writes, also when this process is killed. Raises StyringFeil when dbt is not installed, or is stopped from outside.
    """
    resultat = Resultat()
    valg = ["--exclude-resource-type=unit_test", "--select", *(f"{hva}+" for hva in endret)]
    build = ["build", f"--vars={json.dumps(variabler)}", *(valg if endret else ())]
    with (
        subprocess.Popen(
            kommando("--log-format=json", *build, arbeidsmappe=arbeidsmappe),
            cwd=PROSJEKT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env=miljo(_under_fast_navn(fil, arbeidsmappe)),
            pass_fds=() if laas is None else (laas,),
        ) as prosess,
        _stanses_med_oss(prosess),
    ):
        for hendelse in _hendelser(prosess):
            info, data = hendelse["info"], hendelse.get("data", {})
            node = data.get("node_info", {})
            if "index" in data and "status" in data:
                type_ = node["resource_type"]
                resultat.antall[type_] = resultat.antall.get(type_, 0) + 1
                fremdrift(data["index"], data.get("total") or data["num_models"], node["node_name"])
                if data["status"].lower() in _FEILET:
                    resultat.feil.append(node["node_name"])
            elif info["name"] == NODEN_FEILET:
                ved_feil(info["msg"])
            elif info["level"] == "error" and info["msg"].strip():
                ved_feil(info["msg"])
                resultat.meldinger.append(info["msg"].strip())
    if prosess.returncode < 0:
        raise StyringFeil(f"dbt ble stanset utenfra ({signal.Signals(-prosess.returncode).name}). {URORT}")
    resultat.ok = prosess.returncode == 0
    return resultat
