"""A dossier of the standard form that is ready to be handed in."""

import json
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from grants.dossiers import operations
from grants.dossiers.operations import begin, save_section
from grants.formbuilder.definition import parse
from grants.formbuilder.starter import standard_form
from tests.factories import make_call, make_organisation, make_programme, make_user

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def texts():
    """What people type, question by question."""
    starts = timezone.localdate() + timedelta(days=60)
    words = "Un texte précis et vérifiable."
    return {
        "activity": words,
        "group": "false",
        "insolvency": "false",
        "closed_on": "",
        "turnover": "120 000",
        "balance_sheet": "300 000,50",
        "equity": "150 000",
        "capital": "50 000",
        "jei": "yes",
        "rd_spend": "",
        "charges": "",
        "title": "Hydrogène vert pour l’étang de Thau",
        "theme": "energie",
        "stage": "mvp",
        "department": "34",
        "innovation": words,
        "starts_on": starts.isoformat(),
        "duration_months": "24",
        "market": words,
        "business_model": words,
        "impact": words,
        "jobs": "8",
        "team": rows({"name": "Ève Ruiz", "role": "Présidente", "skill": "", "share": "100"}),
        "laboratory": words,
        "budget": rows({"item": "Prototype", "nature": "supplies", "amount": "90 000"}),
        "eligible_base": "90 000",
        "requested": "45 000",
        "financing": rows(
            {"source": "Région", "nature": "public", "amount": "45 000", "secured": "false"},
            {"source": "Capital", "nature": "own", "amount": "45 000", "secured": "true"},
        ),
        "aided": "false",
        "aids": "[]",
        "commitment": "true",
    }


def rows(*lines):
    return json.dumps(lines)


def upload(name="kbis.pdf", content=PDF):
    return SimpleUploadedFile(name, content, "application/octet-stream")


def make_standard_call(**overrides):
    programme = make_programme()
    themes = list(programme.themes.values_list("key", "name"))
    return make_call(programme, definition=standard_form(themes), **overrides)


def make_draft(*, call=None, author=None, organisation=None):
    """Begun and still empty."""
    author = author or make_user()
    organisation = organisation or make_organisation(owner=author)
    dossier = begin(call or make_standard_call(), organisation=organisation, actor=author)
    dossier.author = author
    return dossier


def make_ready(**overrides):
    """Every question answered, every file joined."""
    dossier = make_draft(**overrides)
    save_section(dossier, texts(), versions={"department": 1}, actor=dossier.author)
    for key in ("kbis", "accounts", "business_plan"):
        operations.attach(dossier, key, upload(), actor=dossier.author)
    return dossier


def definition(dossier):
    return parse(dossier.form.definition)
