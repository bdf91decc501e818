"""The thirteen departments of Occitanie."""

DEPARTMENTS = {
    "09": "Ariège",
    "11": "Aude",
    "12": "Aveyron",
    "30": "Gard",
    "31": "Haute-Garonne",
    "32": "Gers",
    "34": "Hérault",
    "46": "Lot",
    "48": "Lozère",
    "65": "Hautes-Pyrénées",
    "66": "Pyrénées-Orientales",
    "81": "Tarn",
    "82": "Tarn-et-Garonne",
}


def department_name(code: str) -> str:
    """“Haute-Garonne (31)”; a code from elsewhere stands alone."""
    return f"{DEPARTMENTS[code]} ({code})" if code in DEPARTMENTS else code
