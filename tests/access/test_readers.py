"""A colleague who may only read is told so, in a sentence, wherever they press."""

from importlib import import_module

import pytest
from django.urls import reverse

from tests.access.test_matrix import ROWS, identifier

FEATURES = {"dossiers", "teams", "organisations", "correspondence", "formbuilder"}
POSTS = [
    (feature, row)
    for feature, row in ROWS
    if feature in FEATURES and row["method"] == "POST" and row["reader"] in {"403", "404"}
]


def test_the_policy_holds_what_readers_may_not_post():
    assert len(POSTS) > 25


@pytest.mark.django_db
@pytest.mark.parametrize("case", POSTS, ids=identifier)
def test_reader_who_posts_reads_why_not(case, client):
    feature, row = case
    scenes = import_module(f"tests.access.scenes.{feature}").SCENES
    cast, args, fields = scenes[row["address"]](row["state"])
    client.force_login(cast.reader)

    response = client.post(reverse(row["address"], args=args), fields)

    assert str(response.status_code) == row["reader"]
    if response["Content-Type"].startswith("application/json"):
        assert response.json()["errors"][0].endswith(".")
    else:
        assert "<h1" in response.content.decode()
        assert "Revenir à l’accueil" in response.content.decode()
