// What every component is made of. Text is set as text, so nothing in a document can become markup.
function element(navn, { klasse, tekst, ...egenskaper } = {}, barn = []) {
  const nytt = document.createElement(navn);
  if (klasse) nytt.className = klasse;
  if (tekst !== undefined) nytt.textContent = tekst;
  for (const [egenskap, verdi] of Object.entries(egenskaper)) nytt.setAttribute(egenskap, verdi);
  nytt.append(...barn);
  return nytt;
}

// A link within the dashboard. What is chosen for all pages follows, also when it is chosen after this is drawn.
function lenke(side, sporring, egenskaper, barn) {
  const ny = element("a", egenskaper, barn);
  const adresser = () => {
    const valgt = new URLSearchParams(location.search);
    const felles = ["virksomhet", "aar", "dato"].filter((navn) => valgt.has(navn)).map((navn) => [navn, valgt.get(navn)]);
    ny.href = `./${side}?${new URLSearchParams([...felles, ...Object.entries(sporring)])}`;
  };
  adresser();
  for (const naar of ["pointerover", "focus"]) ny.addEventListener(naar, adresser);
  ny.addEventListener("click", (hendelse) => {
    adresser();
    if (hendelse.ctrlKey || hendelse.metaKey || hendelse.shiftKey) return;
    hendelse.preventDefault();
    // as the browser's own Back does it: Streamlit then reads page and choices from the address, and nothing is loaded
    history.pushState(null, "", ny.href);
    dispatchEvent(new PopStateEvent("popstate"));
    // what is chosen stands at the top of its page
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  });
  return ny;
}

// Where a component draws, the same in each run, with the theme's colours.
function finnRot(forelder) {
  let rot = forelder.querySelector(".rot");
  if (!rot) {
    rot = element("div", { klasse: "rot" });
    forelder.append(rot);
  }
  // a window stands outside what Streamlit marks as light or dark; the theme's own ground tells
  const grunn = getComputedStyle(rot).getPropertyValue("--st-background-color").match(/[0-9a-f]{2}/gi) ?? ["ff"];
  rot.style.colorScheme = parseInt(grunn[0], 16) < 128 ? "dark" : "light";
  return rot;
}

// What a component is to draw, from the bytes that it is sent; null when that is drawn already.
function nyttInnhold(rot, data) {
  const json = new TextDecoder().decode(data);
  if (rot.json === json) return null;
  rot.json = json;
  return JSON.parse(json);
}
