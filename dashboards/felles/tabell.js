// A table from plain data.
const nb = new Intl.Collator("nb", { numeric: true });

function stolpe(andel) {
  // The bar ends at the larger of 100 per cent and the figure, so that what is above 100 is seen to be.
  const ende = Math.max(1, andel);
  const ramme = element("span", { klasse: andel > 1 ? "stolpe over" : "stolpe", "aria-hidden": "true" });
  const fyll = element("i");
  fyll.style.width = `${(Math.max(0, andel) / ende) * 100}%`;
  ramme.append(fyll);
  if (andel > 1) {
    const grense = element("b");
    grense.style.left = `${100 / ende}%`;
    ramme.append(grense);
  }
  return ramme;
}

function innhold(celle, send) {
  if (typeof celle === "string") return [document.createTextNode(celle)];
  let del;
  if (celle.m !== undefined && celle.m !== null) {
    del = element("span", { klasse: `merke ${celle.m}`, title: celle.h });
    del.append(element("span", { "aria-hidden": "true", tekst: celle.i ? `${celle.i} ` : "" }), celle.t);
  } else if (celle.k) {
    del = element("button", { klasse: "kilde", type: "button", tekst: celle.t, title: "Vis kilden" });
    del.addEventListener("click", () => {
      // when the window closes, the focus is given back to the component, which passes it on to the figure
      del.getRootNode().host.focus = (valg) => del.focus(valg);
      send("kilde", celle.k);
    });
  } else if (celle.g) {
    del = lenke(celle.g, celle.q, { tekst: celle.t });
  } else {
    del = document.createTextNode(celle.t);
  }
  const deler = [del];
  if (celle.r) {
    const ruter = celle.r.flatMap(([antall, klasse]) => Array.from({ length: antall }, () => element("i", { klasse })));
    deler.unshift(element("span", { klasse: "ruter", "aria-hidden": "true" }, ruter));
  }
  if (celle.b !== undefined && celle.b !== null) deler.push(stolpe(celle.b));
  if (celle.n) deler.push(element("small", { tekst: celle.n }));
  return deler;
}

function nokkel(celle) {
  if (typeof celle === "string") return celle;
  return celle.s === undefined ? celle.t : celle.s;
}

// What is missing comes last, whichever way the column is sorted.
function rekkefolge(a, b, retning) {
  const [x, y] = [nokkel(a), nokkel(b)];
  const mangler = (verdi) => verdi === null || verdi === "" || verdi === "–";
  if (mangler(x) || mangler(y)) return mangler(x) - mangler(y);
  return retning * (typeof x === "number" && typeof y === "number" ? x - y : nb.compare(String(x), String(y)));
}

function rad(celler, kolonner, send) {
  return element("tr", { role: "row" }, celler.map((celle, plass) => {
    // sentences are given room to be read in; words and names are not
    const setning = (typeof celle === "string" ? celle : celle.t).length > 90 ? "setning" : "";
    const klasse = kolonner[plass].tall ? "tall" : setning;
    return plass === 0
      ? element("th", { klasse, scope: "row", role: "rowheader" }, innhold(celle, send))
      : element("td", { klasse, role: "cell", "data-navn": kolonner[plass].navn }, [
          element("div", {}, innhold(celle, send)),
        ]);
  }));
}

function tegn(rot, data, send) {
  const overskrift = element("caption", { tekst: data.tittel });
  if (data.merknad) overskrift.append(element("small", { tekst: data.merknad }));
  const hode = element("tr", { role: "row" });
  const kropp = element("tbody", { role: "rowgroup" }, data.rader.map((celler) => rad(celler, data.kolonner, send)));
  data.kolonner.forEach((kolonne, plass) => {
    const knapp = element("button", { type: "button", tekst: kolonne.navn });
    if (kolonne.hjelp) knapp.title = kolonne.hjelp;
    const celle = element("th", { "data-navn": kolonne.navn, klasse: kolonne.tall ? "tall" : "", scope: "col", role: "columnheader" }, [knapp]);
    celle.setAttribute("aria-sort", "none");
    knapp.addEventListener("click", () => {
      // the largest figure first, the first letter first
      const foer = celle.getAttribute("aria-sort");
      const stigende = foer === "none" ? !kolonne.tall : foer === "descending";
      hode.querySelectorAll("th").forEach((en) => en.setAttribute("aria-sort", "none"));
      celle.setAttribute("aria-sort", stigende ? "ascending" : "descending");
      const sortert = [...data.rader].sort((a, b) => rekkefolge(a[plass], b[plass], stigende ? 1 : -1));
      kropp.replaceChildren(...sortert.map((celler) => rad(celler, data.kolonner, send)));
    });
    hode.append(celle);
  });
  // The roles are the elements' own, said again: on a narrow screen each row is shown as a card, which drops them.
  const tabell = element("table", { role: "table" }, [overskrift, element("thead", { role: "rowgroup" }, [hode]), kropp]);
  if (data.bunn.length) {
    tabell.append(element("tfoot", { role: "rowgroup" }, data.bunn.map((celler) => rad(celler, data.kolonner, send))));
  }
  // a long table scrolls by itself, under its heading; a short one is seen whole
  const klasse = data.rader.length > 30 ? "ramme lang" : "ramme";
  const ramme = element("div", { klasse, tabindex: "0", role: "region", "aria-label": data.tittel });
  if (data.rader.length) ramme.append(tabell);
  else ramme.append(element("p", { klasse: "tomt" }, [element("strong", { tekst: data.tittel }), `: ${data.tomt}`]));
  rot.replaceChildren(ramme);
}

export default function ({ parentElement, data, setTriggerValue }) {
  const rot = finnRot(parentElement);
  rot.send = setTriggerValue;
  // The same table stays as the reader has sorted it.
  const ny = nyttInnhold(rot, data);
  if (ny) tegn(rot, ny, (navn, verdi) => rot.send(navn, verdi));
}
