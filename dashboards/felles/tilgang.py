"""Who may read. Without an [auth] section in secrets.toml nobody is asked, and the dashboard is for its own machine."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit import config
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.navigation.page import StreamlitPage

# a working day; a provider's own tokens last an hour or so, and Streamlit keeps the cookie for a month
_TIMER = 8


def _regler() -> Mapping[str, Any] | None:
    """The section [tilgang], empty when it is missing; None when nobody has to sign in.

    Raises StreamlitSecretNotFoundError when there is a file that cannot be read: then nobody is let in.
    """
    try:
        return st.secrets.get("tilgang", {}) if "auth" in st.secrets else None
    except StreamlitSecretNotFoundError:
        # Streamlit says the same of a file with a fault in it as of none
        if any(Path(fil).exists() for fil in config.get_option("secrets.files")):
            raise
        return None


def _liste(verdi: object) -> Sequence[str]:
    alle = verdi if isinstance(verdi, Sequence) and not isinstance(verdi, str) else [verdi]
    return [en.casefold() for en in alle if isinstance(en, str)]


def _paa_listen(person: Mapping[str, Any], regler: Mapping[str, Any]) -> bool:
    """Whether a signed-in person is let in: by a group, or by an address that the provider does not call unverified."""
    # some providers send it as a word
    ubekreftet = str(person.get("email_verified")).casefold() == "false"
    adresse = "" if ubekreftet else str(person.get("email") or "").casefold()
    return bool(adresse and adresse in _liste(regler.get("adresser"))) or not set(
        _liste(person.get("groups"))
    ).isdisjoint(_liste(regler.get("grupper")))


def _utlopt(person: Mapping[str, Any], regler: Mapping[str, Any]) -> bool:
    """Whether it is too long since the person signed in; one whose time of signing in is not known, has not."""
    timer = regler.get("timer", _TIMER)
    naar = person.get("iat")
    return not isinstance(naar, int | float) or time.time() > naar + 3600 * float(timer)


def krev(sider: Sequence[StreamlitPage]) -> None:
    """Let the run go on for those who may read, and stop it for all others: nothing has been read for them."""
    regler = _regler()
    if regler is None:
        return
    person: Mapping[str, Any] = st.user.to_dict()
    if person.get("is_logged_in") and not _utlopt(person, regler) and _paa_listen(person, regler):
        st.sidebar.button("Logg ut", on_click=st.logout, type="tertiary", help=str(person.get("email") or ""))
        return
    # a page keeps its address, to be shown after signing in
    st.navigation(list(sider), position="hidden")
    st.title("Styringsdialogens datavarehus", anchor=False)
    if not person.get("is_logged_in"):
        st.markdown("Logg inn for å lese.")
        st.button("Logg inn", on_click=st.login, type="primary")
    elif _utlopt(person, regler):
        st.markdown("Økten er utløpt. Logg inn på nytt for å lese.")
        st.button("Logg inn", on_click=st.login, type="primary")
    else:
        st.markdown("Du er logget inn, men har ikke tilgang. Be den som forvalter datavarehuset, om å få den.")
        st.button("Logg ut", on_click=st.logout)
    st.stop()
