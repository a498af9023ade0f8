// What scrolls sideways is reached by keyboard, and says what it is.
const merk = () =>
  document.querySelectorAll(".table-wrapper, .highlight pre").forEach((en) => {
    const ruller = en.scrollWidth > en.clientWidth;
    if (!ruller) return en.removeAttribute("tabindex");
    en.tabIndex = 0;
    en.setAttribute("role", "group");
    en.setAttribute("aria-label", en.matches("pre") ? "Kode eller svar som kan rulles" : "Tabell som kan rulles");
  });
addEventListener("load", merk);
addEventListener("resize", merk);
