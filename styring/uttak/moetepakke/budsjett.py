"""Budget per post: the accounts of the last whole year, what is at disposal in the meeting's, and each change."""

from decimal import Decimal

from styring import norsk
from styring.uttak.innhold import Avsnitt, Blokk, Celle, Kolonne, Overskrift, Tabell
from styring.uttak.moetepakke.grunnlag import Grunnlag, er_aapning
from styring.uttak.moetepakke.ord import endring
from styring.visning import summer, tekst
from styring.visning.data import Rad


def lag(g: Grunnlag) -> list[Blokk]:
    """The accounts of the report's year, what is at disposal in the meeting's, and each change since the last."""
    blokker: list[Blokk] = [Overskrift(1, "Budsjett per post")]
    aar = g.moete.regnskapsaar
    if any(rad.regnskap_kr is not None for rad in g.poster[aar]):
        blokker += _regnskap(g, aar)
    else:
        blokker.append(Avsnitt(f"Dokumentene har ikke noe regnskap for {aar}."))
    if any(g.hendelser[g.moete.aar]):
        blokker.append(_disponibelt(g, g.moete.aar))
    elif g.moete.aar != aar:
        blokker.append(Avsnitt(f"Dokumentene har ingen tildeling for {g.moete.aar}."))
    blokker.append(_hendelsestabell(g))
    return blokker


def _postcelle(g: Grunnlag, rad: Rad, kilde: str) -> Celle:
    return Celle(f"{tekst.kap_post(rad.kapittel, rad.post).capitalize()} {rad.postnavn}", kilde)


def _regnskap(g: Grunnlag, aar: int) -> list[Blokk]:
    rader = g.poster[aar]

    def kilde(rad: Rad) -> str:
        tildelt = g.sted(rad.dokument_id, rad.sted) if rad.samlet_tildeling_kr is not None else ""
        # of the state's accounts the title says the place too
        brukt = g.navn.get(rad.regnskapskilde or "", "").partition(":")[0] if rad.regnskap_kr is not None else ""
        return ". ".join(filter(None, [f"Tildelt: {tildelt}" if tildelt else "", f"Brukt: {brukt}" if brukt else ""]))

    def sum_av(felt: str) -> Celle:
        belop, dekning = summer.sum_av(rader, felt)
        return Celle(tekst.kroner(belop), dekning)

    merknad = "Strek: tallet foreligger ikke i dokumentene. Mindreutgift er samlet tildeling minus regnskap."
    merknad += summer.forbehold(rader)
    senere = sorted({rad.regnskap_datert for rad in rader if rad.regnskap_datert}, reverse=True)
    if senere and senere[0] > g.moete.dato:
        merknad += f" Regnskapstallene er hentet fra en kilde datert {tekst.dato(senere[0])}, etter møtedatoen."
    return [
        Tabell(
            f"Tildelt og brukt {aar}, i kroner",
            [
                Kolonne("Kapittel og post", 2.9),
                Kolonne("Samlet tildeling", 1.5, tall=True),
                Kolonne("Regnskap", 1.5, tall=True),
                Kolonne("Mindreutgift", 1.4, tall=True),
                Kolonne("Utnyttelse", 1.15, tall=True),
                Kolonne("Mulig overføring", 1.35, tall=True),
            ],
            [
                (
                    _postcelle(g, rad, kilde(rad)),
                    tekst.kroner(rad.samlet_tildeling_kr),
                    tekst.kroner(rad.regnskap_kr),
                    tekst.kroner(rad.mindreutgift_kr),
                    norsk.prosent(rad.utnyttelsesgrad),
                    tekst.kroner(rad.mulig_overforing_kr),
                )
                for rad in rader
            ],
            [
                "Sum",
                sum_av("samlet_tildeling_kr"),
                sum_av("regnskap_kr"),
                sum_av("mindreutgift_kr"),
                norsk.MANGLER,
                sum_av("mulig_overforing_kr"),
            ],
            merknad,
        )
    ]


def _disponibelt(g: Grunnlag, aar: int) -> Blokk:
    """What each post has at disposal on the day of the meeting, and what it was changed by since the last."""
    navn = {(rad.kapittel, rad.post): rad for rad in g.poster[aar]}

    def sum_av(aapning: bool, post: tuple[str, str] | None = None) -> Decimal | None:
        """What the openings, or all that came after, give a post, or all of them; None when there is none."""
        belop = [
            rad.belop_kr
            for rad in g.hendelser[aar]
            if er_aapning(rad) == aapning and post in (None, (rad.kapittel, rad.post))
        ]
        return sum(belop, Decimal()) if belop else None

    return Tabell(
        f"Disponibelt i {aar} per {tekst.dato(g.moete.dato)}, i kroner",
        [
            Kolonne("Kapittel og post", 3.6),
            Kolonne("Ved åpningen", 1.6, tall=True),
            Kolonne("Endret senere", 1.6, tall=True),
            Kolonne("Herav siden forrige møte", 1.6, tall=True),
            Kolonne("Disponibelt", 1.6, tall=True),
        ],
        [
            (
                _postcelle(g, navn.get(post, rad), g.sted(rad.dokument_id, rad.sted)),
                tekst.kroner(sum_av(True, post)),
                endring(sum_av(False, post)),
                endring(g.endret(aar, post)),
                tekst.kroner(rad.disponibelt_etter_kr),
            )
            for post, rad in sorted(g.disponibelt.items())
        ],
        [
            "Sum",
            tekst.kroner(sum_av(True)),
            endring(sum_av(False)),
            endring(g.endret(aar)),
            tekst.kroner(sum((rad.disponibelt_etter_kr for rad in g.disponibelt.values()), Decimal())),
        ],
        f"Siden forrige møte er siden {g.moete.siden}; strek: ingen endring.{summer.bare_brevet(g.poster[aar])}",
    )


def _hendelsestabell(g: Grunnlag) -> Blokk:
    if not g.endringshendelser:
        return Avsnitt(f"Brevene som foreligger, har ingen endringer i tildelingen siden {g.moete.siden}.")
    return Tabell(
        f"Endringer i tildelingen siden {g.moete.siden}, i kroner",
        [
            Kolonne("Gjelder fra", 1.1),
            Kolonne("Kapittel og post", 2.2),
            Kolonne("Hva", 1.6),
            Kolonne("Beløp", 1.4, tall=True),
            Kolonne("Disponibelt etterpå", 1.5, tall=True),
            Kolonne("Kilde", 2),
        ],
        [
            (
                Celle(tekst.dato(rad.gjelder_fra), "" if rad.dato else "tidligst"),
                Celle(f"{rad.budsjettaar}: {tekst.kap_post(rad.kapittel, rad.post)}", rad.postnavn),
                Celle(rad.type, f"oppdrag {rad.oppdrag_nr}" if rad.oppdrag_nr else ""),
                endring(rad.belop_kr),
                tekst.kroner(rad.disponibelt_etter_kr),
                g.sted(rad.dokument_id, rad.sted),
            )
            for rad in g.endringshendelser
        ],
        merknad="Et brev uten dato gjelder fra den tidligste dagen innholdet tillater.",
    )
