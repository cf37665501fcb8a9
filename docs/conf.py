import os

project = "Détente"
author = "The Détente maintainers"
copyright = "The Détente maintainers, Apache-2.0"
release = "0.1.0"
extensions = ["myst_nb", "sphinx.ext.autodoc"]
myst_enable_extensions = ["dollarmath", "deflist"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "Détente"
exclude_patterns = ["_build"]

# Notebooks are text, and are run each time: what the manual shows is what the program gives.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 300
nb_merge_streams = True
os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_default_options = {"members": True, "show-inheritance": True}
