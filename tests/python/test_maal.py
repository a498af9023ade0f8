"""The 15 styringsparametere, against figures read from the documents by hand, and what the issue of a meeting needs."""

from decimal import Decimal

import pytest

from tests.python.conftest import Sql

# sp, indicator, group, year, value, earlier value, preliminary, verdict: as two readers of the documents found them
_LEST: list[tuple[int, str, str, int, str, str | None, bool, str]] = [
    (1, "jobbsjansen_overgang", "alle", 2022, "74", None, False, "uten sammenligning"),
    (1, "jobbsjansen_overgang_arbeid", "alle", 2022, "60", None, False, "uten sammenligning"),
    (2, "norskopplaering_deltakere", "alle", 2023, "48414", "30413", True, "uten retning"),
    (2, "norskopplaering_deltakere", "rett og plikt", 2023, "18083", "17664", True, "uten retning"),
    (2, "norskopplaering_deltakere", "kollektiv beskyttelse", 2023, "26828", "10552", True, "uten retning"),
    (2, "norskopplaering_start_6mnd", "rett og plikt", 2023, "72", "71", True, "brudd"),
    (2, "norskopplaering_start_6mnd", "kollektiv beskyttelse", 2023, "82", "85", True, "brudd"),
    (2, "norskopplaering_asyl_andel", "alle", 2023, "64", "50", False, "delvis"),
    (2, "norskopplaering_asyl_timer", "alle", 2023, "90", "118", False, "svakere"),
    (2, "norsk_under_b1_andel", "kollektiv beskyttelse", 2022, "70", None, False, "uten sammenligning"),
    (3, "tilskudd_soknader", "Etnisk mangfold i arbeidslivet", 2023, "72", None, False, "uten sammenligning"),
    (3, "tilskudd_utbetalt", "Etnisk mangfold i arbeidslivet", 2023, "9.3", None, False, "uten sammenligning"),
    (4, "overgang_rett_etter", "alle", 2023, "48", "52", True, "svakere"),
    (4, "overgang_arbeid_rett_etter", "alle", 2023, "40", "23", True, "bedre"),
    (4, "overgang_utdanning_rett_etter", "alle", 2023, "8", "29", True, "uten retning"),
    (4, "overgang_ett_aar_etter", "alle", 2021, "65", None, False, "bedre"),
    (4, "overgang_ett_aar_etter", "kvinner", 2021, "58", "50", False, "bedre"),
    (4, "overgang_ett_aar_etter", "menn", 2021, "75", "70", False, "bedre"),
    (4, "sysselsatt_ett_aar_etter", "kvinner", 2021, "35", "26", False, "bedre"),
    (5, "introduksjonsprogram_start_3mnd", "rett og plikt", 2023, "41", "51", True, "ikke nådd"),
    (5, "introduksjonsprogram_start_3mnd", "kollektiv beskyttelse", 2023, "62", "58", True, "bedre"),
    (5, "introduksjonsprogram_start_6mnd", "rett og plikt", 2023, "76", "77", True, "uendret"),
    (5, "norskopplaering_start_3mnd", "rett og plikt", 2023, "52", "50", True, "ikke nådd"),
    (5, "samfunnskunnskap_andel", "alle", 2023, "24", "19", True, "bedre"),
    (5, "samfunnskunnskap_frist_andel", "alle", 2023, "60", None, False, "ikke nådd"),
    (5, "karriereveiledning_andel", "rett og plikt", 2023, "69", None, False, "ikke nådd"),
    (6, "fagressurs_brukere", "alle", 2023, "27000", "18000", False, "bedre"),
    (6, "samlinger_kommuner", "alle", 2023, "192", None, False, "uten sammenligning"),
    (7, "introduksjonsprogram_vgo", "rett og plikt", 2023, "7", None, True, "uten sammenligning"),
    (7, "introduksjonsprogram_grunnskole", "alle", 2023, "6", "10", True, "svakere"),
    (8, "stottede_prosjekter", "kommunene", 2023, "916", "843", False, "uten retning"),
    (9, "raadgivningssaker", "mangfoldsrådgivere", 2023, "899", None, False, "uten sammenligning"),
    (9, "raadgivningssaker", "spesialutsendinger", 2023, "245", None, False, "uten sammenligning"),
    (10, "vedtatt_av_anmodet_andel", "alle", 2023, "95", "102", False, "ikke nådd"),
    (10, "bosatte", "alle", 2023, "33701", "31258", False, "uten retning"),
    (10, "utnyttede_bosettingsplasser_andel", "alle", 2023, "93", "88", False, "bedre"),
    (10, "ventetid_bosetting", "alle", 2023, "2.5", "2.3", False, "svakere"),
    (10, "ventetid_bosetting", "barnefamilier", 2023, "2.5", "2.4", False, "uendret"),
    (10, "venter_i_mottak", "alle", 2023, "6392", "3322", False, "svakere"),
    (11, "veiledning_svarprosent", "bosetting", 2023, "93", "82", False, "bedre"),
    (11, "veiledning_ventetid", "bosetting", 2023, "40", "109", False, "bedre"),
    (12, "kulturorientering_andel", "alle", 2023, "87", None, False, "uten sammenligning"),
    (12, "uttakskommisjoner", "alle", 2023, "9", None, False, "uten retning"),
    (13, "kvalifisert_tolk_andel", "alle", 2022, "66", "60", False, "bedre"),
    (13, "tolkeretningslinjer_andel", "alle", 2022, "12", None, False, "ikke nådd"),
    (13, "skjermtolking_andel", "alle", 2023, "1", "2", False, "uendret"),
    (14, "tolkeregister_personer", "alle", 2023, "2338", "1891", False, "brudd"),
    (14, "tolkeregister_oppforinger", "kategori B", 2023, "483", "242", False, "brudd"),
    (14, "tolkeregister_hoyt_kvalifisert_andel", "alle", 2023, "63", "55", False, "brudd"),
]


@pytest.mark.parametrize("lest", _LEST, ids=[f"{ett[0]}-{ett[1]}-{ett[2]}" for ett in _LEST])
def test_tallene_er_dokumentenes(sql: Sql, lest: tuple[int, str, str, int, str, str | None, bool, str]) -> None:
    sp, indikator, gruppe, aar, verdi, forrige, forelopig, vurdering = lest
    assert sql(
        """
        select siste_aar, siste_verdi, forrige_verdi, forelopig, vurdering from marts.maaloppnaaelse
        where aar = 2025 and sp_nr = ? and indikator_id = ? and gruppe = ?
        """,
        sp,
        indikator,
        gruppe,
    ) == [(aar, Decimal(verdi), None if forrige is None else Decimal(forrige), forelopig, vurdering)]


def test_alle_femten_er_der_og_det_umaalte_sier_hva_som_finnes(sql: Sql) -> None:
    assert sql("select count(distinct sp_nr), count(distinct maal_nr) from marts.maaloppnaaelse") == [(15, 6)]
    umaalt = sql("select sp_nr, begrunnelse from marts.maaloppnaaelse where vurdering = 'ikke målt'")
    assert [nummer for nummer, _ in umaalt] == [15]
    assert "Årsrapporten omtaler samordningen" in str(umaalt[0][1])


def test_setningen_til_overgangen(sql: Sql) -> None:
    assert sql(
        """
        select begrunnelse from marts.maaloppnaaelse
        where indikator_id = 'overgang_rett_etter' and gruppe = 'alle'
        """
    ) == [
        (
            "48 prosent i 2023 (foreløpig) mot 52 prosent i 2022: svakere. Kilde: IMDis årsrapport 2023, "
            "Tekst 3.2 Sysselsett eller i utdanning rett etter avslutta program i 2023.",
        )
    ]


def test_kohort_og_maaleaar_holdes_fra_hverandre(sql: Sql) -> None:
    assert sql(
        """
        select aar, kohort_aar, maalt_aar from marts.indikatorer
        where indikator_id = 'overgang_ett_aar_etter' and gruppe = 'alle'
        """
    ) == [(2021, 2021, 2022)]
    # a year that is no cohort has none, and an unknown time of measuring stays unknown
    assert sql("select distinct kohort_aar from marts.indikatorer where indikator_id = 'bosatte'") == [(None,)]
    assert sql("select kohort_aar, maalt_aar from marts.indikatorer where indikator_id = 'norsk_under_b1_andel'") == [
        (2022, None)
    ]


def test_registeret_kan_folges_med_og_uten_dem_som_kom_til(sql: Sql) -> None:
    assert sql(
        """
        select aar, verdi, verdi_uten_tilkommet, brudd from marts.indikatorer
        where indikator_id = 'tolkeregister_personer' and gruppe = 'alle' and aar >= 2022 order by aar
        """
    ) == [(2022, 1891, 1891, False), (2023, 2338, 2070, True)]


def test_en_kjent_trykkfeil_er_rettet_og_merket(sql: Sql) -> None:
    assert sql(
        """
        select verdi, korrigert from marts.indikatorer
        where indikator_id = 'bosatte' and gruppe = 'fra mottak' and aar = 2023
        """
    ) == [(26787, True)]


def test_rettelsen_synes_i_setningen(sql: Sql) -> None:
    [(korrigert, setning)] = sql(
        """
        select korrigert, begrunnelse from marts.maaloppnaaelse
        where indikator_id = 'bosatte' and gruppe = 'fra mottak'
        """
    )
    assert korrigert
    assert str(setning).startswith("Fra mottak: 26\u00a0787 personer i 2023 (rettet trykkfeil) mot")


def test_hvert_krav_staar_i_et_dokument(sql: Sql) -> None:
    rader = sql(
        """
        select m.krav, m.kravgrunnlag, k.tittel, m.krav_sted
        from marts.maaloppnaaelse as m left join marts.kilder as k on m.krav_dokument_id = k.dokument_id
        where m.krav is not null
        """
    )
    assert len(rader) >= 9
    assert all(None not in rad for rad in rader)
    assert sql("select count(*) from marts.maaloppnaaelse where krav is null and vurdering like '%nådd'") == [(0,)]


def test_det_vi_bruker_bestiller_og_risikerer_for_maal_5_staar_paa_ett_sted(sql: Sql) -> None:
    assert sql(
        """
        select art, count(*) > 0, sum(tildelt_kr) filter (where gjelder_aar = 2025)
        from marts.maaloversikt where maal_nr = 5 group by art order by art
        """
    ) == [("penger", True, 17_680_000), ("resultat", True, None), ("risiko", True, None)]
    # nothing is lost in the overview: its money is the posts' money
    assert sql("select sum(tildelt_kr), sum(regnskap_kr) from marts.maaloversikt") == sql(
        "select sum(samlet_tildeling_kr), sum(regnskap_kr) from marts.budsjettutnyttelse"
    )


def test_seriene_til_en_indikator_staar_i_rekkefolge(sql: Sql) -> None:
    rader = sql(
        """
        select nummer, sted, antall_aar_brukt from marts.indikatorserier
        where indikator_id = 'ventetid_bosetting' and gruppe = 'alle' order by nummer
        """
    )
    assert [nummer for nummer, *_ in rader] == list(range(1, len(rader) + 1))
    assert rader[0] == (1, "Tabell 3-1-1", 5)
    # 2017 and 2018 are before the first table begins
    assert ("Tabell 3-1-9", 2) in [(sted, brukt) for _, sted, brukt in rader]
