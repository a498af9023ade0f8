// What the search says. Sphinx' own Norwegian lacks the sentences on how many pages it found.
Documentation.addTranslations({
  locale: "nb_NO",
  messages: {
    ", in ": ", i ",
    "Hide Search Matches": "Fjern markeringen av søkeordene",
    "Preparing search...": "Gjør klar søket …",
    "Search Results": "Søkeresultat",
    "Search finished, found one page matching the search query.": [
      "Søket fant én side.",
      "Søket fant ${resultCount} sider.",
    ],
    Searching: "Søker",
    "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.":
      "Søket fant ingenting. Se etter skrivefeil, eller prøv færre ord.",
  },
  plural_expr: "n == 1 ? 0 : 1",
});
