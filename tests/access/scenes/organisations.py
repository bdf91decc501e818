from tests.access.cast import Cast
from tests.factories import luhn_siret

FACTS = {
    "name": "Algues du Lez",
    "legal_form": "SAS",
    "registered_on": "2022-03-01",
    "city": "Montpellier",
    "department": "34",
    "headcount": "6",
}


def new_company(state):
    return Cast(), [], {**FACTS, "siret": luhn_siret(4242)}


def company(state):
    cast = Cast()
    return cast, [cast.organisation.pk], FACTS


SCENES = {
    "organisations:new": new_company,
    "organisations:search": new_company,
    "organisations:detail": company,
    "organisations:edit": company,
}
