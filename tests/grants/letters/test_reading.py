from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import ProgrammingError, connections
from django.urls import reverse

from grants.letters.models import FirstReading, LetterFailure
from grants.letters.operations import open_letter
from tests.factories import join, make_user
from tests.grants.decisions.scene import Scene
from tests.grants.letters.scene import announced, make_letter


def at(view, *args):
    return reverse(f"letters:{view}", args=args)


@pytest.mark.django_db
def test_the_company_opens_its_letter_reads_it_and_the_hour_is_kept(client):
    scene = Scene()
    letter = make_letter(announced(scene)[0])
    owner = letter.decision.dossier.created_by
    client.force_login(owner)

    closed = client.get(at("letter", letter.pk)).content.decode()
    assert "Ouvrir la lettre" in closed
    assert "La Région vous attribue" not in closed
    assert client.get(at("pdf", letter.pk))["Location"] == at("letter", letter.pk)

    opened = client.post(at("open", letter.pk), follow=True).content.decode()

    assert "La Région vous attribue une aide de 100\u202f000\u202f€" in opened
    assert "Première lecture par l’entreprise" in opened
    assert FirstReading.objects.get().reader == owner
    paper = client.get(at("pdf", letter.pk))
    assert b"".join(paper.streaming_content).startswith(b"%PDF")


@pytest.mark.django_db
def test_the_first_reading_is_kept_and_never_changed():
    scene = Scene()
    letter = make_letter(announced(scene)[0])
    dossier = letter.decision.dossier
    colleague = make_user()
    join(colleague, dossier.organisation)
    open_letter(letter, actor=dossier.created_by)
    first = FirstReading.objects.get()

    open_letter(letter, actor=colleague)

    assert FirstReading.objects.get() == first
    with pytest.raises(ProgrammingError, match="Cannot update or delete"):
        FirstReading.objects.update(reader=colleague)


@pytest.mark.django_db
def test_an_officer_reads_without_opening(client):
    scene = Scene()
    letter = make_letter(announced(scene)[0])
    client.force_login(scene.officer)

    client.post(at("open", letter.pk))
    page = client.get(at("letter", letter.pk)).content.decode()

    assert "son délai de recours ne court pas encore" in page
    assert not FirstReading.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_opening_at_once_leave_one_reading():
    scene = Scene()
    letter = make_letter(announced(scene)[0])
    owner = letter.decision.dossier.created_by
    gate = Barrier(2)

    def one(_n):
        gate.wait(timeout=10)
        open_letter(letter, actor=owner)
        connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, range(2)))

    assert FirstReading.objects.count() == 1


@pytest.mark.django_db
def test_the_officer_sees_who_read_what_is_awaited_and_what_failed(client):
    scene = Scene()
    read, failed, _awaited = announced(scene)
    letter = make_letter(read)
    open_letter(letter, actor=letter.decision.dossier.created_by)
    LetterFailure.objects.create(decision=failed, kind="partial", reason="still not typeset")
    client.force_login(scene.manager)

    page = client.get(at("sent", scene.call.allocation.pk)).content.decode()

    assert str(letter.decision.dossier.created_by) in page
    assert "still not typeset" in page
    assert page.count("Réessayer") == 1
    assert "en préparation" in page


@pytest.mark.django_db
def test_the_list_of_letters_costs_the_same_for_two_and_four(client, count_queries):
    costs = []
    for scores in (("4.2", "3.1"), ("4.2", "3.1", "3.0", "2.0")):
        scene = Scene(scores=scores)
        for decision in announced(scene):
            make_letter(decision)
        client.force_login(scene.manager)
        url = at("sent", scene.call.allocation.pk)
        costs.append(count_queries(lambda url=url: client.get(url)))

    assert costs[0] == costs[1] == 7
