"""Data set Penicillin of the R package lme4 (Davies and Goldsmith 1972): zones of growth in mm.

24 plates (rows a to x) by 6 samples (columns A to F), fully crossed.
"""

from reviews.panels.scores import Score

ROWS = """
27 23 26 23 23 21
27 23 26 23 23 21
25 21 25 24 24 20
26 23 25 23 23 20
25 22 26 22 23 20
24 22 25 23 22 19
24 20 23 21 22 19
26 22 26 24 24 21
24 21 24 22 22 20
24 21 24 23 22 19
26 23 26 24 24 21
25 22 26 24 24 20
26 24 26 24 25 22
26 23 26 23 23 20
26 23 25 24 24 22
25 22 25 23 23 20
25 21 24 23 23 20
25 22 24 23 23 19
24 21 23 21 21 19
26 23 26 24 24 21
25 21 24 22 22 18
25 22 25 22 22 20
24 21 24 22 24 19
24 21 24 22 21 18
"""

PENICILLIN = tuple(
    Score(plate, sample, float(cell))
    for plate, row in zip("abcdefghijklmnopqrstuvwx", ROWS.split("\n")[1:-1], strict=True)
    for sample, cell in zip("ABCDEF", row.split(), strict=True)
)
