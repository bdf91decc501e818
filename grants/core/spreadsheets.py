"""Cells that a spreadsheet reads as what they are: text stays text, whatever it begins with."""

# A spreadsheet would run a cell that begins with one of these; an apostrophe makes it text.
DANGEROUS = ("=", "+", "-", "@", "|", "\t", "\r", "\n")
MARK = "\ufeff"  # tells spreadsheets that this is UTF-8


def safe(cell):
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell
