"""Rows, wording and charts as every reader meets them: on the pages and in what is taken away from them."""
