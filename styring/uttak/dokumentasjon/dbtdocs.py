"""dbt's own documentation of a version, with the graph, as one page that fetches nothing."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from styring import dbt
from styring.feil import URORT, StyringFeil
from styring.publisering import FILNAVN
from styring.stier import PROSJEKT
from styring.uttak.utgave import Utgave

FORSIDE = "index.html"
_LINJER = 20
# where dbt's page takes its two files in
_MANIFEST, _KATALOG = '"MANIFEST.JSON INLINE DATA"', '"CATALOG.JSON INLINE DATA"'
# dbt's page asks for an icon that it does not have, and can measure its readers: neither gets out
_IKON = "${require('./assets/favicons/favicon.ico')}"
_BARE_SEG_SELV = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline'; "
    "style-src 'unsafe-inline'; img-src data:; font-src data:\">"
)

# what tells of the machine and the run that made it
_STIER = ("root_path", "build_path", "compiled_path")
_DATAMAPPE = "data"
_METADATA = ("dbt_schema_version", "dbt_version", "project_name", "adapter_type", "quoting")


def skriv(utgave: Utgave, ut: Path, arbeid: Path) -> Path:
    """Write the page in the folder `ut`, with `arbeid` for what dbt needs on the way. Returns its path.

    The version's file is read from a copy, since dbt would keep others from it. What dbt knows of the version is the
    manifest that was kept with it, not the project as it stands now. Raises StyringFeil when dbt cannot.
    """
    arbeid.mkdir(parents=True)
    kopi = Path(shutil.copyfile(utgave.fil, arbeid / FILNAVN))
    svar = subprocess.run(
        dbt.kommando("docs", "generate", "--no-compile", arbeidsmappe=arbeid),
        cwd=PROSJEKT,
        env=dbt.miljo(kopi),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if svar.returncode:
        linjer = tuple(linje for linje in svar.stdout.splitlines() if linje.strip())
        raise StyringFeil(f"dbt laget ikke dokumentasjonen. {URORT}", linjer[-_LINJER:])
    side = (arbeid / FORSIDE).read_text(encoding="utf-8")
    katalog = json.loads((arbeid / "catalog.json").read_text(encoding="utf-8"))
    for plass, innhold in (
        (_IKON, "data:,"),
        ('<meta charset="utf-8">', f'<meta charset="utf-8">{_BARE_SEG_SELV}'),
        (_MANIFEST, _json(_uten_maskin(utgave.manifest, utgave))),
        (_KATALOG, _json(katalog | {"metadata": _metadata(katalog["metadata"], utgave)})),
    ):
        if side.count(plass) != 1:
            raise StyringFeil(f"dbt laget dokumentasjonen på en annen måte enn ventet: {plass} mangler. {URORT}")
        side = side.replace(plass, innhold)
    ut.mkdir(parents=True)
    (ut / FORSIDE).write_text(side, encoding="utf-8")
    return ut / FORSIDE


def _uten_maskin(manifest: dict[str, Any], utgave: Utgave) -> dict[str, Any]:
    """The manifest without where and by whom it was made."""
    noder = {
        nokkel: {navn: verdi for navn, verdi in node.items() if navn not in _STIER}
        for nokkel, node in manifest["nodes"].items()
    }
    innhold = json.dumps(manifest | {"nodes": noder, "metadata": _metadata(manifest["metadata"], utgave)})
    # where what is fetched lies, in the sources and in the SQL that reads them
    for kilde in manifest.get("sources", {}).values():
        datamappe = kilde["config"]["meta"]["filer"].partition(f"/{kilde['name']}/")[0]
        innhold = innhold.replace(json.dumps(datamappe)[1:-1], _DATAMAPPE)
    uten: dict[str, Any] = json.loads(innhold)
    return uten


def _metadata(metadata: dict[str, Any], utgave: Utgave) -> dict[str, Any]:
    return {
        **{navn: metadata[navn] for navn in _METADATA if navn in metadata},
        "generated_at": utgave.bygget.isoformat(),
        "send_anonymous_usage_stats": False,
    }


def _json(innhold: object) -> str:
    """JSON that can stand in a script of a page."""
    return json.dumps(innhold, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
