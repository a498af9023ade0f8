// Headline figures side by side. One that has a page of its own is a link, all of it.
function flis({ navn, verdi, note, merke, side, sporring }) {
  const deler = [element("span", { klasse: "navn", tekst: navn }), element("strong", { tekst: verdi })];
  if (merke) deler[0].prepend(element("span", { "aria-hidden": "true", tekst: `${merke.tegn} ` }));
  if (note) deler.push(element("small", { tekst: note }));
  const klasse = `flis ${merke?.klasse ?? ""}`;
  return element("li", {}, [side ? lenke(side, sporring, { klasse }, deler) : element("div", { klasse }, deler)]);
}

export default function ({ parentElement, data }) {
  const rot = finnRot(parentElement);
  const fliser = nyttInnhold(rot, data);
  // the role is the element's own, said again: a list without marks is otherwise not heard as one
  if (fliser) rot.replaceChildren(element("ul", { role: "list" }, fliser.map(flis)));
}
