"""How Sphinx builds the site. What belongs to a version, such as its name, is given on the command line."""

from pathlib import Path

project = "Styringsdialogens datavarehus"
author = "Datavarehusets forvalter"
language = "nb_NO"

extensions = ["myst_parser"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 4
nitpicky = True
templates_path = ["_templates"]
# Sphinx looks for the search page's words from where it is started
locale_dirs = [str(Path(__file__).parent / "locale")]
# answers of queries have no language
highlight_language = "none"
# a flow chart is shown as it is written: what draws it comes from the web
suppress_warnings = ["misc.highlighting_failure"]
smartquotes = False

html_title = project
html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["nettsted.css"]
html_js_files = ["nettsted.js"]
html_copy_source = False
html_show_sphinx = False
html_use_index = False
html_search_language = "no"
# a summary is fetched from the page, which a browser refuses where the site is read without a server
html_show_search_summary = False
html_permalinks_icon = "§"
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
# the style's ground is the page's own
html_theme_options = {"light_css_variables": {"color-code-background": "#f6f6f6"}}
