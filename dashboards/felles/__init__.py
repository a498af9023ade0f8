"""What the pages share: rows, choices, wording, tables, charts and sources, one module each."""
