"""Charts on a page, each with a text that says the same."""

from collections.abc import Iterable

import streamlit as st

from styring.visning.diagram import Spesifikasjon


def vis(spesifikasjon: Spesifikasjon, beskrivelse: str, key: str) -> None:
    """Show a chart. `beskrivelse` is what it tells, for those who hear the page."""
    st.vega_lite_chart(spesifikasjon, width="stretch", alt=beskrivelse, key=key)


def vis_smaa(figurer: Iterable[tuple[Spesifikasjon, str]], key: str) -> None:
    """Show small charts side by side, as many as there is room for, each with what it tells."""
    with st.container(key=f"smaa-{key}"):
        for nummer, (spesifikasjon, beskrivelse) in enumerate(figurer):
            vis(spesifikasjon, beskrivelse, key=f"{key}-{nummer}")
