"""Measures: commands that print a table; `RESULTS.md` keeps them with machine and date."""
