"""The open data: every mart whole in both formats, a package that is held to its own description, and a catalogue."""

import copy
import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import pyshacl
import pytest
from rdflib import DCTERMS, FOAF, RDF, SH, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from styring.feil import StyringFeil
from styring.publisering import FILNAVN, MANIFEST
from styring.stier import PROSJEKT
from styring.uttak import datapakke, katalog, metadata, skriving
from styring.uttak.katalog import PAKKEFIL
from styring.uttak.metadata import Fremmednokkel, Mart
from styring.uttak.utgave import Utgave
from tests.python.conftest import STYRING, nettvakt, utenfor
from tests.python.test_exposures import AAPNE

SHAPES = PROSJEKT / "tests/data/dcat_ap_no.ttl"
HER = Namespace("https://styring.example/data/katalog.ttl#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
AID = URIRef("https://data.norge.no/organizations/983887457")

# rdflib and pyshacl use what rdflib is about to drop
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def stille(_: str) -> None:
    pass


@pytest.fixture(scope="module")
def utgave(publisert: Path) -> Utgave:
    return Utgave((publisert / FILNAVN).resolve().parent)


@pytest.fixture(scope="module")
def marter(utgave: Utgave) -> dict[str, Mart]:
    """What the package has: every mart but those of what others publish themselves."""
    return {mart.navn: mart for mart in metadata.marter(utgave.manifest) if mart.navn in AAPNE}


@pytest.fixture(scope="module")
def mappe(utgave: Utgave, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return datapakke.skriv(utgave, tmp_path_factory.mktemp("uttak") / "datapakke", stille)


@pytest.fixture(scope="module")
def ressurser(mappe: Path) -> dict[str, dict[str, Any]]:
    pakke = json.loads((mappe / PAKKEFIL).read_text(encoding="utf-8"))
    return {ressurs["name"]: ressurs for ressurs in pakke["resources"]}


@pytest.fixture(scope="module")
def graf(mappe: Path) -> Graph:
    return Graph().parse(mappe / "katalog.ttl")


def _ny_versjon(utgave: Utgave, mappe: Path, *endringer: str) -> Utgave:
    """A version that differs from another by some SQL."""
    ny = mappe / "20991231T120000000000Z"
    ny.mkdir()
    for navn in (FILNAVN, MANIFEST):
        shutil.copyfile(utgave.mappe / navn, ny / navn)
    with duckdb.connect(str(ny / FILNAVN)) as kobling:
        for endring in endringer:
            assert kobling.execute(endring).fetchall() != [(0,)], endring
    return Utgave(ny, utgave.mappe)


def _innhold(mappe: Path) -> dict[str, bytes]:
    return {str(sti.relative_to(mappe)): sti.read_bytes() for sti in sorted(mappe.rglob("*")) if sti.is_file()}


def test_hver_mart_er_hel_i_begge_formater(utgave: Utgave, marter: dict[str, Mart], mappe: Path) -> None:
    """All rows and all columns, in the order of the key; what is missing is missing, and nothing else is."""
    with duckdb.connect(utgave.fil, read_only=True) as kobling:
        finnes = {
            rad[0]
            for rad in kobling.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()
        }
        assert set(marter) == AAPNE <= finnes
        assert {sti.stem for sti in (mappe / "data").iterdir()} == set(marter)
        for navn, mart in marter.items():
            orden = ", ".join(f"{kolonne} nulls last" for kolonne in mart.nokkel)
            assert mart.nokkel, navn
            fasit = kobling.execute(f"select * from marts.{navn} order by {orden}").fetchall()
            assert fasit, navn
            parquet = f"'{mappe / 'data' / navn}.parquet'"
            assert kobling.execute(f"from {parquet}").fetchall() == fasit, navn
            assert (
                kobling.execute(f"select column_name, column_type from (describe from {parquet})").fetchall()
                == kobling.execute(f"select column_name, column_type from (describe marts.{navn})").fetchall()
            )
            som_tekst = kobling.execute(
                f"select cast(columns(*) as varchar) from (from marts.{navn} order by {orden})"
            ).fetchall()
            lest = kobling.execute(
                f"from read_csv('{mappe / 'data' / navn}.csv', all_varchar = true, header = true, delim = ',', "
                "quote = '\"', escape = '\"', nullstr = '')"
            )
            assert [en[0] for en in lest.description or []] == [kolonne.navn for kolonne in mart.kolonner]
            assert lest.fetchall() == som_tekst, navn


def test_csv_er_skrevet_som_beskrevet(utgave: Utgave, mappe: Path) -> None:
    raa = (mappe / "data/tildelinger.csv").read_bytes()
    assert not raa.startswith(b"\xef\xbb\xbf")
    assert (
        raa.count(b"\r\n") == raa.count(b"\n") == 1 + utgave.rader("select count(*) as n from marts.tildelinger")[0].n
    )
    # leading zeros, whole kroner, an ISO date, what is missing between two commas
    assert b"2024,0671,21,Spesielle driftsutgifter,1,2024-05-21,T3-2024,kap. 4," in raa
    assert "overført fra i fjor,14144000,14144000,,,T3-2024,false,".encode() in raa
    utnyttelse = (mappe / "data/budsjettutnyttelse.csv").read_text(encoding="utf-8")
    assert "E+" not in utnyttelse
    assert re.search(r"^imdi,2022,0671,60,", utnyttelse, re.MULTILINE)


def test_parquet_baerer_beskrivelsene(marter: dict[str, Mart], mappe: Path) -> None:
    with duckdb.connect() as kobling:
        for mart in marter.values():
            metadata_i_filen = dict(
                kobling.execute(
                    f"select decode(key), decode(value) from parquet_kv_metadata('{mappe}/data/{mart.navn}.parquet')"
                ).fetchall()
            )
            assert metadata_i_filen["tabell"] == mart.beskrivelse
            assert all(metadata_i_filen[kolonne.navn] == kolonne.beskrivelse for kolonne in mart.kolonner)


def test_datapakken_er_gyldig_og_sier_hva_den_er(utgave: Utgave, marter: dict[str, Mart], mappe: Path) -> None:
    svar = frictionless.validate(str(mappe / PAKKEFIL), type="package")
    assert svar.valid
    # each row of each mart was read
    rader = sum(utgave.rader(f"select count(*) as n from marts.{navn}")[0].n for navn in marter)
    assert sum(oppgave.stats.get("rows", 0) for oppgave in svar.tasks) == rader > 10_000
    pakke = json.loads((mappe / PAKKEFIL).read_text(encoding="utf-8"))
    assert pakke["version"] == utgave.versjon
    assert pakke["created"] == utgave.bygget.isoformat(timespec="seconds")
    assert pakke["licenses"][0]["path"] == "https://data.norge.no/nlod/no/2.0"
    assert pakke["contributors"] == [
        {"title": "Arbeids- og inkluderingsdepartementet", "role": "publisher", "path": str(AID)}
    ]
    assert [(kilde["title"], kilde.get("path")) for kilde in pakke["sources"]] == [
        (rad.tittel, rad.url)
        for rad in utgave.rader("select tittel, url from marts.kilder order by gjelder_aar, rekkefolge, dokument_id")
    ]


def test_hver_kolonne_har_type_og_beskrivelse(marter: dict[str, Mart], ressurser: dict[str, dict[str, Any]]) -> None:
    # what the contract's types are in a table schema: whole kroner are whole, and nothing is a float
    typer = {
        "string": "string",
        "integer": "integer",
        "boolean": "boolean",
        "date": "date",
        "decimal(18, 0)": "integer",
        "decimal(18, 3)": "number",
        "decimal(12, 6)": "number",
        "decimal(24, 6)": "number",
    }
    for navn, mart in marter.items():
        felt = ressurser[navn]["schema"]["fields"]
        assert [(en["name"], en["type"]) for en in felt] == [(en.navn, typer[en.type]) for en in mart.kolonner]
        assert all(en["description"] for en in felt), navn
        assert ressurser[navn]["description"].startswith("Én rad per")
        assert ressurser[f"{navn}-parquet"]["mediatype"] == "application/vnd.apache.parquet"


def test_nokler_og_krav_er_dbts_tester(ressurser: dict[str, dict[str, Any]]) -> None:
    skjema = ressurser["tildelinger"]["schema"]
    assert skjema["primaryKey"] == ["hendelse_id"]
    assert skjema["uniqueKeys"] == [["virksomhet_id", "budsjettaar", "kapittel", "post", "nummer"]]
    assert {
        (*en["fields"], en["reference"]["resource"], *en["reference"]["fields"]) for en in skjema["foreignKeys"]
    } == {
        ("dokument_id", "kilder", "dokument_id"),
        ("gitt_i_dokument_id", "kilder", "dokument_id"),
        ("korrigerer_hendelse_id", "", "hendelse_id"),
    }
    krav = {felt["name"]: felt.get("constraints", {}) for felt in skjema["fields"]}
    assert krav["hendelse_id"] == {"required": True, "unique": True}
    assert "tilbaketrekking" in krav["type"]["enum"]
    assert krav["dato"] == {}
    # a part of the key may be empty, which a primary key's may not
    utnyttelse, bidrag = ressurser["budsjettutnyttelse"]["schema"], ressurser["kildebidrag"]["schema"]
    assert utnyttelse["primaryKey"] == ["virksomhet_id", "budsjettaar", "kapittel", "post"]
    assert "primaryKey" not in bidrag
    assert bidrag["uniqueKeys"] == [["virksomhet_id", "dokument_id", "sted", "slag"]]


def _test_av(manifest: dict[str, Any], mart: str, navn: str) -> dict[str, Any]:
    return next(
        node
        for node in manifest["nodes"].values()
        if node.get("attached_node") == f"model.styring.{mart}" and node["test_metadata"]["name"] == navn
    )


def test_en_nokkel_uten_test_er_ingen_nokkel(utgave: Utgave) -> None:
    def marten(manifest: dict[str, Any], navn: str) -> Mart:
        return next(mart for mart in metadata.marter(manifest) if mart.navn == navn)

    til_kilder = Fremmednokkel(("erstatter_dokument_id",), "kilder", ("dokument_id",))
    assert marten(utgave.manifest, "kilder").nokler == (("dokument_id",),)
    assert marten(utgave.manifest, "kilder").fremmednokler == (til_kilder,)
    # one that only some rows are held to, or that only warns
    for valg, verdi in (("where", "gjelder_aar > 2024"), ("severity", "warn")):
        manifest = copy.deepcopy(utgave.manifest)
        _test_av(manifest, "kilder", "unique")["config"][valg] = verdi
        assert marten(manifest, "kilder").nokler == ()
        # what pointed to the key, points to none
        assert marten(manifest, "kilder").fremmednokler == ()
        assert marten(manifest, "verdier").fremmednokler == ()
    # several columns
    manifest = copy.deepcopy(utgave.manifest)
    _test_av(manifest, "kontrolledd", "relationships")["test_metadata"] = {
        "name": "refererer_til",
        "kwargs": {
            "kolonner": ["kontroll_id", "aar"],
            "til": "ref('kontroller')",
            "til_kolonner": ["kontroll_id", "aar"],
        },
    }
    flere = Fremmednokkel(("kontroll_id", "aar"), "kontroller", ("kontroll_id", "aar"))
    assert flere in marten(manifest, "kontrolledd").fremmednokler


@pytest.mark.parametrize(
    ("fil", "gammelt", "nytt", "melding"),
    [
        (
            "tildelinger.csv",
            b"14144000",
            b"14144x00",
            r"tildelinger\.csv, rad \d+, felt belop_kr: «14144x00» er ikke av",
        ),
        ("tildelinger.csv", b"14144000", b"14144000.5", "felt belop_kr: «14144000.5» er ikke av feltets type"),
        ("tildelinger.csv", b"2024-05-21", b"2024-05-32", "felt dato: «2024-05-32» er ikke av feltets type"),
        ("tildelinger.csv", b",tilbaketrekking,", b",trukket,", "felt type: «trukket» er ikke en verdi feltet kan ha"),
        ("tildelinger.csv", b"imdi,T3-2024-0671-21,", b"imdi,,", "felt hendelse_id: «» er ikke en verdi feltet kan ha"),
        ("tildelinger.csv", b"T3-2024,kap", b"T9-2024,kap", "felt dokument_id: «T9-2024» finnes ikke i kilder"),
        (
            "tildelinger.csv",
            b",T3-2024-0671-21,T",
            b",T9-2024-0671-21,T",
            "«T9-2024-0671-21» finnes ikke i samme tabell",
        ),
        ("tildelinger.csv", b"14144000", b"14144001", r"tildelinger\.csv: sjekksummen er en annen"),
        ("tildelinger.csv", b"14144000", b"1414400", r"tildelinger\.csv: .*er en annen enn den som er oppgitt"),
        ("virksomheter.csv", b"imdi,", b"imdi,,", r"virksomheter\.csv, rad 2"),
        ("virksomheter.csv", b"kortnavn", b"kallenavn", r"virksomheter\.csv: en kolonne heter noe annet"),
        ("kontroller.csv", b",2023,", b",2022,", r"kontroller\.csv"),
        ("verdier.parquet", b"imdi", b"imdx", r"verdier\.parquet: sjekksummen er en annen"),
    ],
)
def test_data_som_er_brutt_avvises(
    mappe: Path, tmp_path: Path, fil: str, gammelt: bytes, nytt: bytes, melding: str
) -> None:
    kopi = Path(shutil.copytree(mappe, tmp_path / "kopi"))
    innhold = (kopi / "data" / fil).read_bytes()
    assert gammelt in innhold
    (kopi / "data" / fil).write_bytes(innhold.replace(gammelt, nytt, 1))
    with pytest.raises(StyringFeil, match=melding):
        datapakke.valider(kopi)


def test_en_rad_to_ganger_avvises(mappe: Path, tmp_path: Path) -> None:
    kopi = Path(shutil.copytree(mappe, tmp_path / "kopi"))
    fil = kopi / "data/kontroller.csv"
    linjer = fil.read_bytes().splitlines(keepends=True)
    fil.write_bytes(b"".join([*linjer, linjer[1]]))
    with pytest.raises(StyringFeil, match=rf"kontroller\.csv, rad {len(linjer) + 1}: en rad med samme nøkkel"):
        datapakke.valider(kopi)


def test_en_fil_som_mangler_avvises(mappe: Path, tmp_path: Path) -> None:
    kopi = Path(shutil.copytree(mappe, tmp_path / "kopi"))
    (kopi / "data/kontroller.csv").unlink()
    with pytest.raises(StyringFeil, match=r"beskrivelse: data/kontroller\.csv: filen kan ikke leses\.$"):
        datapakke.valider(kopi)


def test_det_som_sto_der_byttes_helt_eller_ikke(utgave: Utgave, mappe: Path, tmp_path: Path) -> None:
    ut = Path(shutil.copytree(mappe, tmp_path / "datapakke"))
    # a file of an earlier version, which this one has not
    (ut / "data/nedlagt.csv").touch()
    with (ut / skriving.MERKE).open("a", encoding="utf-8") as merke:
        merke.write("data/nedlagt.csv\n")
    for_ = _innhold(ut)
    brutt = _ny_versjon(
        utgave, tmp_path, "update marts.tildelinger set dokument_id = 'T9' where dokument_id = 'T4-2024'"
    )
    with pytest.raises(StyringFeil, match=r"tildelinger\.csv, rad \d+, felt dokument_id: «T9» finnes ikke i kilder"):
        datapakke.skriv(brutt, ut, stille)
    assert _innhold(ut) == for_
    assert {sti.name for sti in tmp_path.iterdir()} == {"datapakke", brutt.versjon}
    datapakke.skriv(utgave, ut, stille)
    assert _innhold(ut) == _innhold(mappe)


def test_samme_versjon_gir_samme_bytes_og_henter_ingenting(publisert: Path, mappe: Path, tmp_path: Path) -> None:
    """By the command, in a process of its own whose sets have another order."""
    logg = tmp_path / "nettvakt.txt"
    logg.touch()
    miljo = nettvakt(logg, PROSJEKT) | {"STYRING_MAPPE": str(publisert), "PYTHONHASHSEED": "1"}
    svar = subprocess.run(
        [*STYRING, "datapakke", "--ut", str(tmp_path)], cwd=PROSJEKT, env=miljo, capture_output=True, text=True
    )
    assert svar.returncode == 0, svar.stdout + svar.stderr
    assert svar.stdout.endswith(f"Skrevet: {tmp_path / 'datapakke'}\n")
    assert _innhold(tmp_path / "datapakke") == _innhold(mappe)
    assert utenfor(logg) == []


def test_endringene_siden_en_eldre_versjon_er_med(utgave: Utgave, tmp_path: Path) -> None:
    ny = _ny_versjon(
        utgave,
        tmp_path,
        "update marts.verdier set verdi = 26787 where verdi_id = 'ar2023-t312-busette-fraa-mottak-2023'",
        "update marts.oppdrag set frist = null where oppdrag_nr = '2025-06' and del = 'hele'",
        "delete from marts.avvik where kontroll_id = 'andel:nokkeltal-utnyttelsesgrad' and aar = 2023",
    )
    mappe = datapakke.skriv(ny, tmp_path / "ut", stille)
    with duckdb.connect() as kobling:
        rader = kobling.execute(f"from read_csv('{mappe}/data/endringer.csv', all_varchar = true)").fetchall()
    frist = utgave.rader("select frist from marts.oppdrag where oppdrag_nr = '2025-06'")[0].frist
    assert rader[0] == (
        *("endret", "verdier", "verdi_id=ar2023-t312-busette-fraa-mottak-2023", "verdi"),
        *("28787.000", "26787.000"),
    )
    assert ("endret", "oppdrag", "virksomhet_id=imdi; oppdrag_nr=2025-06; del=hele", "frist", str(frist), None) in rader
    # what is as it was of a changed figure, is not there
    assert [rad[3] for rad in rader if rad[0] == "endret"] == ["verdi", "frist"]
    borte = [rad for rad in rader if rad[0] == "borte"]
    assert {rad[:3] for rad in borte} == {("borte", "avvik", "kontroll_id=andel:nokkeltal-utnyttelsesgrad; aar=2023")}
    assert {rad[3] for rad in borte} == {"oppgitt", "beregnet", "differanse", "status", "alvorlighet"}
    pakke = json.loads((mappe / PAKKEFIL).read_text(encoding="utf-8"))
    assert pakke["resources"][-1]["schema"]["primaryKey"] == ["tabell", "nokkel", "felt"]
    assert f"siden versjon {utgave.versjon}" in pakke["resources"][-1]["description"]
    assert f"siden versjon {utgave.versjon}" in (mappe / datapakke.LES_MEG).read_text(encoding="utf-8")
    assert pyshacl.validate(str(mappe / "katalog.ttl"), shacl_graph=str(SHAPES))[0]


def test_ingen_endringer_er_en_tom_tabell(utgave: Utgave, tmp_path: Path) -> None:
    mappe = datapakke.skriv(Utgave(utgave.mappe, utgave.mappe), tmp_path / "ut", stille)
    assert (mappe / "data/endringer.csv").read_bytes() == b"hva,tabell,nokkel,felt,foer,naa\r\n"


def test_les_meg_nevner_alt_og_eksemplene_virker(
    utgave: Utgave, marter: dict[str, Mart], mappe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tekst = (mappe / datapakke.LES_MEG).read_text(encoding="utf-8")
    assert utgave.opphav in tekst
    assert "endringer.csv" not in tekst
    for mart in marter.values():
        assert f"| {mart.navn} | {mart.korn} |" in tekst
    lenker = re.findall(r"\]\((?!https)([^)]+)\)", tekst)
    assert len(lenker) > 2 * len(marter)
    assert all((mappe / lenke).is_file() for lenke in lenker)
    monkeypatch.chdir(mappe)
    (sporring,) = re.findall(r"```sql\n(.*?)```", tekst, re.DOTALL)
    assert (
        len(duckdb.execute(sporring).fetchall())
        == utgave.rader("select count(*) as n from marts.budsjettutnyttelse")[0].n
    )
    (kode,) = re.findall(r"```python\n(.*?)```", tekst, re.DOTALL)
    navn: dict[str, Any] = {}
    exec(kode, navn)
    assert set(navn["tildelinger"]["kapittel"]) == {
        rad.kapittel for rad in utgave.rader("select kapittel from marts.tildelinger")
    }
    (kommando,) = re.findall(r"```sh\n(.*?)```", tekst, re.DOTALL)
    bin_ = Path(STYRING[0]).parent
    assert subprocess.run([bin_ / "frictionless", *kommando.split()[1:]], capture_output=True).returncode == 0


def test_katalogen_holder_kravene_i_dcat_ap_no(graf: Graph) -> None:
    holder, _, melding = pyshacl.validate(graf, shacl_graph=str(SHAPES), meta_shacl=True)
    assert holder, melding


def test_begge_former_av_katalogen_er_samme_graf(mappe: Path, graf: Graph) -> None:
    assert len(graf) > 1000
    assert isomorphic(graf, Graph().parse(mappe / "katalog.jsonld"))


@pytest.mark.parametrize(
    ("hva", "egenskap"),
    [
        *[(HER.katalog, en) for en in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.identifier)],
        *[(HER.katalog, en) for en in (DCAT.contactPoint, DCAT.dataset)],
        *[(HER.datapakke, en) for en in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.identifier)],
        *[(HER.datapakke, en) for en in (DCAT.contactPoint, DCAT.theme, DCAT.version)],
        *[(HER["fil-verdier.csv"], en) for en in (DCAT.accessURL, DCTERMS.license, SPDX.checksum, DCTERMS["format"])],
        *[(AID, en) for en in (FOAF.name, DCTERMS.identifier)],
        *[(HER.kontakt, en) for en in (VCARD.fn, VCARD.hasURL)],
    ],
)
def test_uten_en_obligatorisk_egenskap_holder_den_ikke(graf: Graph, hva: URIRef, egenskap: URIRef) -> None:
    uten = Graph() + graf
    assert (hva, egenskap, None) in uten
    uten.remove((hva, egenskap, None))
    holder, funn, _ = pyshacl.validate(uten, shacl_graph=str(SHAPES))
    assert not holder
    assert isinstance(funn, Graph)
    assert set(funn.objects(None, SH.focusNode)) == {hva}


@pytest.mark.parametrize(
    ("hva", "egenskap", "verdi"),
    [
        (HER.datapakke, DCAT.theme, URIRef("https://example.org/tema")),
        (HER.datapakke, DCTERMS.title, Literal("Data", lang="en")),
        (HER.datapakke, DCTERMS.accrualPeriodicity, Literal("av og til")),
        (HER["fil-verdier.csv"], DCAT.byteSize, Literal("mange")),
        (AID, DCTERMS.identifier, Literal("12345678")),
    ],
)
def test_en_verdi_av_feil_slag_holder_heller_ikke(graf: Graph, hva: URIRef, egenskap: URIRef, verdi: Literal) -> None:
    feil = Graph() + graf
    feil.set((hva, egenskap, verdi))
    assert not pyshacl.validate(feil, shacl_graph=str(SHAPES))[0]


def test_katalogen_har_pakken_og_hver_tabell_med_filene_som_de_er(
    utgave: Utgave, marter: dict[str, Mart], mappe: Path, graf: Graph
) -> None:
    tabeller = {HER[f"tabell-{navn}"] for navn in marter}
    assert set(graf.objects(HER.katalog, DCAT.dataset)) == {HER.datapakke, *tabeller}
    assert set(graf.objects(HER.datapakke, DCTERMS.hasPart)) == tabeller
    filer = set()
    for fil in graf.subjects(RDF.type, DCAT.Distribution):
        sti = mappe / str(graf.value(fil, DCAT.downloadURL)).removeprefix("https://styring.example/data/")
        filer.add(sti)
        assert int(str(graf.value(fil, DCAT.byteSize))) == sti.stat().st_size
        sjekksum = graf.value(fil, SPDX.checksum)
        assert str(graf.value(sjekksum, SPDX.checksumValue)) == hashlib.sha256(sti.read_bytes()).hexdigest()
    assert filer == {mappe / PAKKEFIL, *(mappe / "data").iterdir()}
    for tabell in tabeller:
        assert len(set(graf.objects(tabell, DCAT.distribution))) == 2
    assert graf.value(HER.datapakke, DCAT.version) == Literal(utgave.versjon)
    assert str(graf.value(HER.datapakke, DCTERMS.modified)) == utgave.bygget.isoformat(timespec="seconds")
    fra, til = utgave.rader("select min(aar) as fra, max(aar) as til from marts.verdier")[0]
    tidsrom = graf.value(HER["tabell-verdier"], DCTERMS.temporal)
    assert str(graf.value(tidsrom, DCAT.startDate)) == f"{fra}-01-01"
    assert str(graf.value(tidsrom, DCAT.endDate)) == f"{til}-12-31"
    # a register has no years
    assert graf.value(HER["tabell-virksomheter"], DCTERMS.temporal) is None
    assert str(graf.value(AID, DCTERMS.identifier)) == "983887457"


def _sett(*sti: str, verdi: object) -> Callable[[dict[str, Any]], None]:
    def endre(meta: dict[str, Any]) -> None:
        for navn in sti[:-1]:
            meta = meta[navn]
        meta[sti[-1]] = verdi

    return endre


@pytest.mark.parametrize(
    ("endre", "melding"),
    [
        (_sett("oppdateres", verdi="HVERGANG"), "meta.oppdateres er «HVERGANG»; ventet en av EUs koder ANNUAL, "),
        (lambda meta: meta["lisens"].pop("nettadresse"), "meta.lisens.nettadresse mangler; ventet en nettadresse som"),
        (_sett("lisens", "nettadresse", verdi=""), "meta.lisens.nettadresse mangler; ventet en nettadresse som"),
        (_sett("lisens", "nettadresse", verdi="data.norge.no"), "meta.lisens.nettadresse er «data.norge.no»; ventet"),
        (_sett("lisenz", verdi="NLOD"), "meta.lisenz er ukjent; ventet en av fil, tittel, nettadresse, utgiver,"),
        (lambda meta: meta.update(utgjevar=meta.pop("utgiver")), "meta.utgjevar er ukjent; ventet en av"),
        (lambda meta: meta.pop("utgiver"), "meta.utgiver mangler; ventet et oppslag med navn, organisasjonsnummer."),
        (_sett("utgiver", "organisasjonsnummer", verdi=983887457), "er «983887457»; ventet ni sifre i anførselstegn."),
        (_sett("utgiver", "organisasjonsnummer", verdi="98388745"), "er «98388745»; ventet ni sifre i anførselstegn."),
        (
            _sett("nettadresse", verdi="https://a.example"),
            "«https://a.example»; ventet en nettadresse som begynner med",
        ),
        (lambda meta: meta["kontakt"].pop("nettside"), "meta.kontakt er «.*»; ventet navn, og nettside eller epost."),
        (_sett("kontakt", "epost", verdi="post"), "meta.kontakt.epost er «post»; ventet en e-postadresse."),
        (_sett("temaer", verdi=["GOVE", "PENG"]), "meta.temaer.1 er «PENG»; ventet en av EUs koder AGRI, "),
        (_sett("temaer", verdi=[]), "meta.temaer mangler; ventet minst ett tema i en liste."),
        (
            _sett("emneord", verdi="etatsstyring"),
            "meta.emneord er «etatsstyring»; ventet minst ett emneord i en liste.",
        ),
    ],
)
def test_et_oppsett_som_er_feil_avvises_med_fil_navn_og_verdi(
    utgave: Utgave, endre: Callable[[dict[str, Any]], object], melding: str
) -> None:
    manifest = copy.deepcopy(utgave.manifest)
    endre(manifest["exposures"]["exposure.styring.datapakke"]["config"]["meta"])
    with pytest.raises(StyringFeil, match=f"^models/exposures/datapakke.yml: .*{melding}"):
        katalog.oppsett(manifest)


def test_epost_kan_staa_i_stedet_for_nettside(utgave: Utgave, mappe: Path) -> None:
    oppsett = katalog.oppsett(utgave.manifest) | {"kontakt": {"navn": "Kontoret", "epost": "post@styring.example"}}
    pakke = json.loads((mappe / PAKKEFIL).read_text(encoding="utf-8"))
    graf = katalog.graf(pakke, b"", oppsett, {})
    assert graf.value(HER.kontakt, VCARD.hasEmail) == URIRef("mailto:post@styring.example")
    assert pyshacl.validate(graf, shacl_graph=str(SHAPES))[0]


def test_en_versjon_uten_exposuren_sier_fra(utgave: Utgave, tmp_path: Path) -> None:
    ny = _ny_versjon(utgave, tmp_path)
    manifest = {**utgave.manifest, "exposures": {}}
    (ny.mappe / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(StyringFeil, match=r"uten exposuren «datapakke»\. Bygg på nytt med: styring bygg"):
        datapakke.skriv(ny, tmp_path / "ut", stille)
    assert not (tmp_path / "ut").exists()
