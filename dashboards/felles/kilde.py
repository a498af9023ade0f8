"""References to sources: what the address holds when a figure's source is open."""

import streamlit as st

PARAMETER = "kilde"


def av_tall(verdi_id: str) -> str:
    """A printed figure."""
    return f"tall/{verdi_id}"


def av_hendelse(hendelse_id: str) -> str:
    """A change of what is at disposal, with the letter that made it."""
    return f"hendelse/{hendelse_id}"


def av_kontroll(kontroll_id: str, aar: int) -> str:
    """A control of one year, term by term."""
    return f"kontroll/{aar}/{kontroll_id}"


def av_sted(dokument_id: str, sted: str) -> str:
    """A place in a document, with all that is taken from it."""
    return f"sted/{dokument_id}/{sted}"


def av_post(aar: int, kapittel: str, post: str) -> str:
    """What is calculated for a post and a year, and from which figures."""
    return f"post/{aar}/{kapittel}/{post}"


def velg(ref: str | None) -> None:
    """Open a source (or close it, when None). It stands in the address, so that a link shows it too."""
    if ref is None:
        st.query_params.pop(PARAMETER, None)
    else:
        st.query_params[PARAMETER] = ref


def valgt() -> str | None:
    """The source that the address asks for."""
    return st.query_params.get(PARAMETER)
