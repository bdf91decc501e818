"""How a dossier is called in letters and conversations."""


def reference_of(code, number):
    """`SID-2027-0042`: the call's code, then the dossier's number in it."""
    return f"{code}-{number:04d}"
