import pytest

from reviews.copies import operations
from tests.access.traces import traces_of
from tests.factories import make_assignment, make_dossier
from tests.reviews.copies import corpus
from tests.reviews.copies.scene import COMPANY, Scene, clear_pdf, naming_pdf

pytestmark = pytest.mark.django_db


def text_of(response):
    return "\n".join(text for _place, text in traces_of(response))


def page_of(client, scene):
    client.force_login(scene.reader)
    return client.get(f"/evaluations/{scene.evaluation.pk}/")


def file_of(scene, document, place=""):
    return f"/evaluations/{scene.evaluation.pk}/pieces/{document.pk}/{place}"


def test_a_reader_has_the_copy_under_the_name_of_its_question(client):
    scene = Scene(pdf=clear_pdf())
    scene.copies()

    page = text_of(page_of(client, scene))
    file = client.get(file_of(scene, scene.files[0]))
    shown = client.get(file_of(scene, scene.files[0], "apercu/"))

    assert "Comptes (pdf)" in page
    assert file["Content-Disposition"] == 'attachment; filename="Comptes.pdf"'
    for told in (page, text_of(file), text_of(shown)):
        assert corpus.SECRET not in told
        assert COMPANY not in told


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"pdf": naming_pdf()}, "son texte nomme l’entreprise"),
        ({"jpg": corpus.jpeg()}, "ne se vérifient pas"),
        ({"pdf": corpus.pdf("Bilan", annotations=["FreeText"])}, "que sa copie perdrait"),
        ({"docx": b"PK"}, "garde le nom de ses auteurs"),
        ({"pdf": b"%PDF-1.7 rien"}, "aucune copie sans nom"),
    ],
)
def test_what_is_withheld_is_told_and_served_at_no_address(client, files, why):
    scene = Scene(**files)
    (copy,) = scene.copies()

    page = text_of(page_of(client, scene))

    assert why in page
    assert f"pieces/{scene.files[0].pk}" not in page
    assert f"{COMPANY} comptes" not in page
    own, officers = scene.files[0].pk, f"/pieces-sans-nom/{copy.pk}/"
    for address in (
        file_of(scene, scene.files[0]),
        file_of(scene, scene.files[0], "apercu/"),
        f"/dossiers/{scene.dossier.pk}/pieces/{own}/",
        officers,
        f"{officers}fichier/",
    ):
        assert client.get(address).status_code == 404, address


def test_before_its_copy_is_made_a_file_is_awaited(client):
    scene = Scene(pdf=clear_pdf())

    assert "revenez dans quelques minutes" in text_of(page_of(client, scene))
    assert client.get(file_of(scene, scene.files[0])).status_code == 404


def test_a_copy_checked_for_other_names_is_awaited_too(client):
    scene = Scene(pdf=clear_pdf())
    scene.copies()
    scene.dossier.organisation.name = "Pisé SARL"
    scene.dossier.organisation.save()

    assert "revenez dans quelques minutes" in text_of(page_of(client, scene))
    assert client.get(file_of(scene, scene.files[0])).status_code == 404


def test_two_files_of_a_question_are_numbered(client):
    scene = Scene(pdf=clear_pdf(), png=corpus.png())
    scene.copies()

    page = text_of(page_of(client, scene))

    assert "Comptes 1 (pdf)" in page
    assert "Comptes 2 (png)" in page


def test_what_an_officer_releases_and_takes_back_shows_at_once(client):
    scene = Scene(jpg=corpus.jpeg())
    (copy,) = scene.copies()
    before = text_of(page_of(client, scene))
    operations.rule(copy, True, reason="Un four.", actor=scene.officer)
    released = text_of(page_of(client, scene))
    file = client.get(file_of(scene, scene.files[0]))
    operations.rule(copy, False, reason="Un logo.", actor=scene.officer)

    after = text_of(page_of(client, scene))

    assert ["apercu" in page for page in (before, released, after)] == [False, True, False]
    assert corpus.SECRET not in text_of(file)
    assert "Retenue par le service" in after
    assert client.get(file_of(scene, scene.files[0])).status_code == 404


def test_a_page_without_names_asks_no_more_than_another(client, count_queries):
    scene = Scene(pdf=clear_pdf(), jpg=corpus.jpeg(), png=corpus.png())
    scene.copies()
    page_of(client, scene)

    warm = count_queries(lambda: page_of(client, scene))

    assert warm == 11  # five of them sign the reader in again


def test_the_officer_reads_which_words_name_and_decides(client):
    scene = Scene(pdf=naming_pdf())
    (copy,) = scene.copies()
    client.force_login(scene.officer)
    address = f"/pieces-sans-nom/{copy.pk}/"

    listed = client.get(f"/pieces-sans-nom/appels/{scene.call.pk}/").content.decode()
    looked = client.get(f"{address}fichier/")
    empty = client.post(f"{address}decider/", {"act": "show", "reason": " "})
    client.post(f"{address}decider/", {"act": "show", "reason": "Une citation."})

    assert "«\u202fHéliotuile\u202f» (p.\u00a01)" in listed
    assert looked["Content-Type"] == "application/pdf"
    assert corpus.SECRET not in text_of(looked)
    assert "Écrivez pourquoi, après avoir regardé la copie." in empty.content.decode()
    assert [ruling.reason for ruling in copy.rulings.all()] == ["Une citation."]
    shown = client.get(f"/pieces-sans-nom/appels/{scene.call.pk}/?etat=montrees").content.decode()
    assert "Montrée par le service" in shown
    assert "Une citation." in client.get(address).content.decode()


def test_a_second_word_that_changes_nothing_keeps_its_text(client):
    scene = Scene(pdf=naming_pdf())
    (copy,) = scene.copies()
    client.force_login(scene.officer)

    page = client.post(f"{copy.get_absolute_url()}decider/", {"act": "hold", "reason": "Un logo."})

    assert "Cette pièce est déjà retenue." in page.content.decode()
    assert "Un logo." in page.content.decode()


def test_the_list_costs_the_same_for_one_and_three(client, count_queries):
    scene = Scene(jpg=corpus.jpeg())
    scene.copies()
    client.force_login(scene.officer)
    address = f"/pieces-sans-nom/appels/{scene.call.pk}/"
    client.get(address)
    one = count_queries(lambda: client.get(address))
    for _n in range(2):
        other = make_dossier(call=scene.call)
        scene.dossier = other
        scene.files = [scene.attach("png", corpus.png())]
        other.state, other.submitted_at = "submitted", other.created_at
        other.save()
        scene.deposit(1)
        scene.copies()

    assert count_queries(lambda: client.get(address)) == one == 8
    assert make_assignment().dossier.call != scene.call
