from reviews.links.answers import told_in

ANSWERS = {
    "team": [
        {"name": "Ana López", "role": "Présidente", "share": "40"},
        {"name": "Jean Dupont", "role": "Directeur", "share": "10"},
        {"name": "Ana López", "role": "Associée"},
    ],
    "related_companies": [{"name": "Hélio Holding", "siret": "80000003700014", "link": "parent"}],
    "financing": [{"source": "Fonds Grand Causse", "nature": "equity", "amount": "40000"}],
    "laboratory": "Une convention avec le LAAS, équipe Photonique.",
    "title": "Court",
    "eligible_base": "200000",
    "jobs": 4,
    "group": True,
    "broken": [None, "x", {"name": 12}, {"name": "  "}],
    "unreadable": {"refused": "abc"},
}


def test_people_houses_and_sentences_are_told_apart():
    told = told_in(ANSWERS)

    assert told.people == ("Ana López", "Jean Dupont")
    assert told.houses == ("Hélio Holding", "Fonds Grand Causse")
    assert told.texts == ("Une convention avec le LAAS, équipe Photonique.",)


def test_no_answers_tell_nothing():
    assert told_in({}) == told_in({"a": None})
