"""Reads expected answers written as a text table: a heading line, then rows of cells."""


def read_table(text):
    """Return one dict per row; columns are separated by spaces, lines starting with # skipped."""
    lines = [line for line in text.strip().splitlines() if line.strip() and line.strip()[0] != "#"]
    names = lines[0].split()
    rows = [line.split() for line in lines[1:]]
    for row in rows:
        if len(row) != len(names):
            raise ValueError(f"{len(row)} cells for {len(names)} columns: {' '.join(row)}")
    return [dict(zip(names, row, strict=True)) for row in rows]
