"""Faults to plant in a published month: each takes the file's bytes and gives those of the faulty file."""

from collections.abc import Callable

TEGNSETT = "latin-1"
SKILLE = '";"'
AAR, PERIODE, KAPITTEL, POST, BELOP = 0, 1, 10, 12, 27


def _felt(linje: str) -> list[str]:
    return linje[1:-1].split(SKILLE)


def _linje(felt: list[str]) -> str:
    return f'"{SKILLE.join(felt)}"'


def _linjer(innhold: bytes) -> list[str]:
    return innhold.decode(TEGNSETT).splitlines()


def _fil(linjer: list[str]) -> bytes:
    return ("\n".join(linjer) + "\n").encode(TEGNSETT)


def _hver(endre: Callable[[list[str]], list[str]], *, hode: bool = False) -> Callable[[bytes], bytes]:
    """A fault in every row; in the header too if asked."""

    def feil(innhold: bytes) -> bytes:
        foerste, *resten = _linjer(innhold)
        hodet = _linje(endre(_felt(foerste))) if hode else foerste
        return _fil([hodet, *(_linje(endre(_felt(rad))) for rad in resten)])

    return feil


def _i_rad(nr: int, endre: Callable[[list[str]], list[str]]) -> Callable[[bytes], bytes]:
    """A fault in one row; number 0 is the header."""

    def feil(innhold: bytes) -> bytes:
        linjer = _linjer(innhold)
        linjer[nr] = _linje(endre(_felt(linjer[nr])))
        return _fil(linjer)

    return feil


def _bytt(kolonne: int, endre: Callable[[str], str]) -> Callable[[list[str]], list[str]]:
    return lambda felt: [*felt[:kolonne], endre(felt[kolonne]), *felt[kolonne + 1 :]]


def _motsatt(belop: str) -> str:
    return belop[1:] if belop.startswith("-") else f"-{belop}"


def _med_mellomrom(belop: str) -> str:
    fortegn, tall = ("-", belop[1:]) if belop.startswith("-") else ("", belop)
    hele, desimaler = tall.split(",")
    return f"{fortegn}{int(hele):,}".replace(",", " ") + f",{desimaler}"


def _neste_aar(felt: list[str]) -> list[str]:
    aar = str(int(felt[AAR]) + 1)
    return [aar, aar + felt[PERIODE][4:], *felt[2:]]


def _uten_post(felt: list[str]) -> list[str]:
    return ["" if nr in (2, 3) or KAPITTEL <= nr <= POST + 2 else verdi for nr, verdi in enumerate(felt)]


def _halv(innhold: bytes) -> bytes:
    return _fil(_linjer(innhold)[: innhold.count(b"\n") // 2])


def _dobbel(innhold: bytes) -> bytes:
    linjer = _linjer(innhold)
    return _fil([*linjer[:3], linjer[2], *linjer[3:]])


def _rettet(innhold: bytes) -> bytes:
    """No fault: a correction moves 100 000 kroner from the second row to the first."""
    flyttet = (100_000, -100_000)
    linjer = _linjer(innhold)
    for nr, kroner in enumerate(flyttet, start=1):
        felt = _felt(linjer[nr])
        tusendeler = int(felt[BELOP].replace(",", "")) + kroner * 1000
        felt[BELOP] = f"{'-' if tusendeler < 0 else ''}{abs(tusendeler) // 1000},{abs(tusendeler) % 1000:03}"
        linjer[nr] = _linje(felt)
    return _fil(linjer)


FEIL: dict[str, Callable[[bytes], bytes]] = {
    "feil_fortegn": _hver(_bytt(BELOP, _motsatt)),
    "ukjent_post": _i_rad(1, _bytt(POST, lambda _: "999999")),
    "ukjent_kapittel": _i_rad(1, lambda felt: _bytt(KAPITTEL, lambda _: "6000")(_bytt(POST, lambda _: "600001")(felt))),
    "uten_post": _i_rad(1, _uten_post),
    "duplikat": _dobbel,
    "avkuttet_i_rad": lambda innhold: innhold[: innhold.index(b"\n", len(innhold) // 2) - 20],
    "avkuttet_mellom_rader": _halv,
    "feil_aar": _hver(_neste_aar),
    "feil_aar_i_rad": _i_rad(1, _bytt(AAR, lambda aar: str(int(aar) + 1))),
    "kolonne_omdoept": _i_rad(0, _bytt(BELOP, lambda _: "Belop")),
    "kolonne_mangler": _hver(lambda felt: [*felt[:14], *felt[15:]], hode=True),
    "utf8": lambda innhold: innhold.decode(TEGNSETT).encode(),
    "desimalpunktum": _hver(_bytt(BELOP, lambda belop: belop.replace(",", "."))),
    "tusenskille": _hver(_bytt(BELOP, _med_mellomrom)),
    "ikke_tall": _i_rad(1, _bytt(BELOP, lambda _: "mangler")),
    "rettet": _rettet,
}
