import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import DataError, IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from accounts.access import Refused
from grants.dossiers.arrivals import Scan
from reviews.copies import operations
from reviews.copies.models import BlindCopy, CopyRuling
from tests.factories import make_phase, make_user
from tests.reviews.copies import corpus
from tests.reviews.copies.scene import Scene, clear_pdf, naming_pdf

pytestmark = pytest.mark.django_db


def test_each_kind_of_file_has_its_verdict():
    scene = Scene(pdf=clear_pdf(), jpg=corpus.jpeg(), png=corpus.png(), docx=b"PK")
    scan = Scene(pdf=corpus.pdf(picture=corpus.jpeg()))
    over = Scene(pdf=corpus.pdf("Bilan", annotations=["Stamp"]))
    broken = Scene(pdf=b"%PDF-1.7 rien", jpg=b"\xff\xd8rien")

    found = [copy.verdict for one in (scene, scan, over, broken) for copy in one.copies()]

    assert found == [
        "clear", "no_text", "no_text", "kind", "no_text", "written_over", "broken", "broken",
    ]  # fmt: skip


def test_the_copy_of_a_file_that_names_says_which_words_on_which_page():
    (copy,) = Scene(pdf=naming_pdf()).copies()

    assert (copy.verdict, copy.words) == ("named", [[1, "Héliotuile"]])
    with copy.file.open() as content:
        assert corpus.SECRET.encode() not in content.read()


def test_the_original_stays_byte_for_byte():
    scene = Scene(pdf=clear_pdf())
    before = scene.bytes_of()

    (copy,) = scene.copies()

    assert scene.bytes_of() == before
    assert copy.file.name != scene.files[0].file.name


def test_run_twice_it_finds_the_copy():
    scene = Scene(pdf=clear_pdf())

    first, second = scene.copies()[0], scene.copies()[0]

    assert (first.pk, first.made_at) == (second.pk, second.made_at)
    assert operations.due_documents(timezone.now()) == []


def test_a_new_name_has_the_copy_checked_again(django_capture_on_commit_callbacks):
    scene = Scene(pdf=corpus.pdf("Marché du Pisé"))
    (before,) = scene.copies()
    scene.dossier.organisation.name = "Pisé SARL"
    scene.dossier.organisation.save()

    due = operations.due_documents(timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        after = operations.make_copy(due[0])

    assert (before.verdict, after.verdict) == ("clear", "named")
    assert before.pk == after.pk
    assert not default_storage.exists(before.file.name)
    assert default_storage.exists(after.file.name)


def test_only_files_of_calls_read_without_names_are_copied():
    scene = Scene(pdf=clear_pdf())
    assert operations.due_documents(timezone.now()) == [scene.files[0].pk]
    after = scene.call.phases.last().closes_at

    assert operations.due_documents(after) == []


def test_an_infected_file_is_not_copied(settings):
    scene = Scene(pdf=clear_pdf())
    Scan.objects.create(
        document=scene.files[0], outcome="infected", signature="Eicar", checked_at=timezone.now()
    )

    assert operations.due_documents(timezone.now()) == []
    assert scene.copies() == [None]


def test_a_file_to_be_scanned_waits(settings):
    settings.CLAMD_ADDRESS = "127.0.0.1:1"

    assert Scene(pdf=clear_pdf()).copies() == [None]


def test_an_officer_releases_a_copy_then_takes_it_back():
    scene = Scene(jpg=corpus.jpeg())
    (copy,) = scene.copies()

    operations.rule(copy, True, reason="Un four, rien d’autre.", actor=scene.officer)
    shown = list(BlindCopy.objects.ruled().shown())
    operations.rule(copy, False, reason="Le logo se devine.", actor=scene.officer)

    assert shown == [copy]
    assert list(BlindCopy.objects.ruled().withheld()) == [copy]
    assert [(r.shows, r.ended_at is None) for r in copy.rulings.order_by("pk")] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    ("files", "shows", "told"),
    [
        ({"docx": b"PK"}, True, "Aucune copie"),
        ({"jpg": corpus.jpeg()}, False, "déjà retenue"),
        ({"pdf": clear_pdf()}, True, "voient déjà"),
    ],
)
def test_what_changes_nothing_is_refused(files, shows, told):
    scene = Scene(**files)
    (copy,) = scene.copies()

    with pytest.raises(Refused, match=told):
        operations.rule(copy, shows, reason="Regardée.", actor=scene.officer)


def test_only_the_officers_of_the_call_rule():
    scene = Scene(jpg=corpus.jpeg())
    (copy,) = scene.copies()

    for stranger in (make_user(), scene.reader):
        with pytest.raises(PermissionDenied):
            operations.rule(copy, True, reason="Regardée.", actor=stranger)


def test_the_database_keeps_one_ruling_that_stands_and_never_changes_it():
    scene = Scene(jpg=corpus.jpeg())
    (copy,) = scene.copies()
    ruling = operations.rule(copy, True, reason="Un four.", actor=scene.officer)
    again = {"copy": copy, "shows": False, "by": scene.officer}

    for error, name, act in [
        (IntegrityError, "one_stands", lambda: CopyRuling.objects.create(reason="Non", **again)),
        (IntegrityError, "says_why", lambda: CopyRuling.objects.create(reason="", **again)),
        (ProgrammingError, "pgtrigger: Cannot", lambda: CopyRuling.objects.update(shows=False)),
        (ProgrammingError, "pgtrigger: Cannot", lambda: ruling.delete()),
        (IntegrityError, "is_a_file", lambda: BlindCopy.objects.update(file="")),
        (IntegrityError, "names_with_words", lambda: BlindCopy.objects.update(words=[[1, "a"]])),
    ]:
        with pytest.raises((error, DataError), match=name), transaction.atomic():
            act()


def test_a_phase_that_gives_the_names_gives_the_files(client):
    scene = Scene(pdf=naming_pdf())
    make_phase(scene.call, names_applicants=True)
    client.force_login(scene.reader)

    file = client.get(f"/evaluations/{scene.evaluation.pk}/pieces/{scene.files[0].pk}/")

    assert b"".join(file) == scene.bytes_of()
