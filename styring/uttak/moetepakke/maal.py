"""SP by goal: the verdict, the sentences that it rests on, and a small chart of each indicator."""

from styring import norsk
from styring.uttak.innhold import Avsnitt, Blokk, Celle, Figur, Figurer, Kolonne, Overskrift, Punkter, Tabell
from styring.uttak.moetepakke.grunnlag import Grunnlag
from styring.uttak.moetepakke.ord import merke
from styring.visning import seriefigur, tekst
from styring.visning.data import Rad


def lag(g: Grunnlag) -> list[Blokk]:
    """Each goal and its SP: the verdict, what it rests on in sentences, and a small chart of each indicator."""
    if not g.sp:
        return []
    blokker: list[Blokk] = [
        Overskrift(1, "Styringsparametere etter mål"),
        Avsnitt(
            f"Mål og styringsparametere er de i tildelingsbrevet for {g.maalaar}. Bare indikatorer med et krav "
            "eller et tidligere tall kan vurderes; resten er talt i sammendraget. Åpne punkter og stiplet linje er "
            "foreløpige tall, vannrett linje er kravet."
        ),
        Tabell(
            "Styringsparameterne samlet",
            [
                Kolonne("Styringsparameter", 5),
                Kolonne("Vurdering", 1.5),
                Kolonne("Vurdert", 0.9, tall=True),
                Kolonne("Tall fra", 0.8, tall=True),
            ],
            [
                (
                    Celle(f"SP {sp.sp_nr} {sp.sp}", f"Mål {sp.maal_nr}: {sp.maal}"),
                    merke(sp.vurdering),
                    f"{sp.antall_vurdert} av {sp.antall_indikatorer}",
                    str(sp.siste_aar or norsk.MANGLER),
                )
                for sp in g.sp
            ],
        ),
    ]
    for maal_nr in dict.fromkeys(sp.maal_nr for sp in g.sp):
        egne = [sp for sp in g.sp if sp.maal_nr == maal_nr]
        blokker.append(Overskrift(2, f"Mål {maal_nr}: {egne[0].maal}"))
        for sp in egne:
            blokker += _en_sp(g, sp)
    return blokker


def _en_sp(g: Grunnlag, sp: Rad) -> list[Blokk]:
    vurdert = [rad for rad in g.indikatorer if rad.sp_nr == sp.sp_nr]
    merke = tekst.merke(sp.vurdering)
    blokker: list[Blokk] = [
        Overskrift(3, f"SP {sp.sp_nr} {sp.sp}"),
        Avsnitt(sp.sammendrag, f"{merke.tegn} {tekst.stor(sp.vurdering)}."),
    ]
    if vurdert:
        blokker.append(
            Punkter(
                [Avsnitt(rad.begrunnelse, f"{tekst.merke(rad.vurdering).tegn} {rad.indikator}.") for rad in vurdert]
            )
        )
    if sp.forbehold:
        kilde = g.sted(sp.forbehold_dokument_id, sp.forbehold_sted)
        blokker.append(Avsnitt(f"Forbehold: {sp.forbehold}.{f' Kilde: {kilde}.' if kilde else ''}", merknad=True))
    if figurer := [figur for rad in vurdert if (figur := _figur(g, rad))]:
        blokker.append(Figurer(figurer))
    return blokker


def _figur(g: Grunnlag, rad: Rad) -> Figur | None:
    """A small chart of an indicator; None when there is no more than one figure and no requirement."""
    serie = seriefigur.Serie(
        rad.gruppe, seriefigur.tallene(g.utgave.fil, g.virksomhet_id, rad.indikator_id, rad.gruppe)
    )
    if not serie.rader or (len(serie.rader) == 1 and rad.krav is None):
        return None
    gruppe = "" if rad.gruppe == "alle" else rad.gruppe
    under = [gruppe, "" if rad.enhet == "antall" else rad.enhet, "kohort" if rad.kohort_aar else ""]
    krav = f", krav {tekst.med_forbehold(rad.krav, rad.enhet, None)}" if rad.krav is not None else ""
    merke = f"{tekst.merke(rad.vurdering).tegn} {rad.vurdering}{' (foreløpig)' if rad.forelopig else ''}{krav}"
    return Figur(
        rad.indikator,
        f"{tekst.stor(', '.join(filter(None, under)))}. {tekst.stor(merke)}.".removeprefix(". "),
        seriefigur.liten(rad.indikator, [], serie, 0, rad.krav),
        f"{rad.indikator}. {seriefigur.i_ord(serie)}. {rad.begrunnelse}",
    )
