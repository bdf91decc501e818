"""Measures: commands that print a table; `RESULTS.md` keeps them with machine and date."""

import os

# As the site does (`config`), before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
