"""Who may read. Without an [auth] section in secrets.toml nobody is asked, and the dashboard is for its own machine."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit import config
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.navigation.page import StreamlitPage

from styring.feil import StyringFeil

# a working day; a provider's own tokens last an hour or so, and Streamlit keeps the cookie for a month
_TIMER = 8
# how far the provider's clock may be ahead of this machine's
_SEKUNDER_FORAN = 300
# What signing in takes; the secret signs the cookie, and one that can be guessed lets anyone in.
_PAAKREVD = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
_HEMMELIG_LENGDE = 32
# whether signing in has been asked for since the server started: a file that goes away does not open what was closed
_paalagt = False


def _hemmeligheter() -> Mapping[str, Any]:
    """What secrets.toml holds; empty when there is, and was, no such file.

    Raises StyringFeil when there is one that does not say how to sign in: then nobody is let in, so that a file cut
    short or a word misspelt does not open the dashboard to all.
    """
    global _paalagt
    try:
        innhold: Mapping[str, Any] = st.secrets.to_dict()
    except StreamlitSecretNotFoundError:
        innhold = {}
    auth = innhold.get("auth")
    _paalagt = _paalagt or auth is not None or any(Path(fil).exists() for fil in config.get_option("secrets.files"))
    if not _paalagt:
        return {}
    mangler = [navn for navn in _PAAKREVD if not (isinstance(auth, Mapping) and auth.get(navn))]
    if mangler:
        raise StyringFeil(f"secrets.toml mangler {', '.join(mangler)} under [auth]; ingen slipper inn.")
    if len(str(auth["cookie_secret"])) < _HEMMELIG_LENGDE:  # type: ignore[index]
        raise StyringFeil(f"cookie_secret i secrets.toml er kortere enn {_HEMMELIG_LENGDE} tegn; ingen slipper inn.")
    return innhold


def _lik(tekst: str) -> bytes:
    """What two addresses that are the same have in common: only the letters A to Z have a small and a large form here,
    since the letter for kelvin is a small k in Unicode."""
    return tekst.encode(errors="replace").lower()


def _liste(verdi: object) -> set[bytes]:
    alle = verdi if isinstance(verdi, Sequence) and not isinstance(verdi, str) else [verdi]
    return {_lik(en) for en in alle if isinstance(en, str) and en}


def _paa_listen(person: Mapping[str, Any], regler: Mapping[str, Any]) -> bool:
    """Whether a signed-in person is let in: by a group, or by an address that the provider does not call unverified."""
    # some providers send it as a word, and some do not send it
    bekreftet = str(person.get("email_verified", True)).lower() == "true"
    adresser = _liste(person.get("email")) if bekreftet else set()
    return not (
        adresser.isdisjoint(_liste(regler.get("adresser")))
        and _liste(person.get("groups")).isdisjoint(_liste(regler.get("grupper")))
    )


def _utlopt(person: Mapping[str, Any], regler: Mapping[str, Any]) -> bool:
    """Whether it is too long since the person signed in; one whose time of signing in is not known, or is not yet, has
    not signed in."""
    naar, naa = person.get("iat"), time.time()
    varighet = 3600 * float(regler.get("timer", _TIMER))
    return not isinstance(naar, int | float) or not naa - varighet < naar < naa + _SEKUNDER_FORAN


def _regler(hemmeligheter: Mapping[str, Any]) -> Mapping[str, Any]:
    tilgang = hemmeligheter.get("tilgang")
    return tilgang if isinstance(tilgang, Mapping) else {}


def _slipper_inn(person: Mapping[str, Any], regler: Mapping[str, Any]) -> bool:
    return bool(person.get("is_logged_in")) and not _utlopt(person, regler) and _paa_listen(person, regler)


def bak_tls() -> bool:
    """Whether people come to the dashboard by https, as the address that they are sent back to says."""
    return str(_hemmeligheter().get("auth", {}).get("redirect_uri", "")).startswith("https://")


def hvem() -> str | None:
    """Who is signed in, as the provider knows them; None when nobody has to sign in."""
    return str(st.user.to_dict().get("sub")) if _hemmeligheter() else None


def hold() -> None:
    """Close what is open when its reader no longer may read: a part of a page that is run without the rest."""
    if (hemmeligheter := _hemmeligheter()) and not _slipper_inn(st.user.to_dict(), _regler(hemmeligheter)):
        st.rerun()


def krev(sider: Sequence[StreamlitPage]) -> None:
    """Let the run go on for those who may read, and stop it for all others: nothing has been read for them."""
    hemmeligheter = _hemmeligheter()
    if not hemmeligheter:
        return
    regler = _regler(hemmeligheter)
    person: Mapping[str, Any] = st.user.to_dict()
    if _slipper_inn(person, regler):
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
