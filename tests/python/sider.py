"""The dashboard's pages, as its entry file lists them: one list for the tests and the benchmark."""

import ast
from dataclasses import dataclass
from pathlib import Path

from styring.stier import PROSJEKT


@dataclass(frozen=True)
class Side:
    """A page of the dashboard: its title, its file in dashboards/sider/ and its place in the address."""

    tittel: str
    fil: str
    sti: str


def _sider() -> list[Side]:
    """The pages of dashboards/app.py, in its order."""
    kall = [
        node
        for node in ast.walk(ast.parse((PROSJEKT / "dashboards/app.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "Page"
    ]
    sider = []
    for ett in kall:
        valg = {navn.arg: ast.literal_eval(navn.value) for navn in ett.keywords}
        fil = Path(ast.literal_eval(ett.args[0])).stem
        sider.append(Side(valg["title"], fil, "/" if valg.get("default") else f"/{fil}"))
    return sider


SIDER = _sider()
