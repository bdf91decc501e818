"""What leaves as a file: what is shown, to whom asked, and nothing a spreadsheet would run."""

import csv
import io
import re
import zipfile
from datetime import timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from grants.programmes.states import Role
from grants.screening import operations, tasks
from grants.screening.models import Export
from grants.screening.operations import exporting
from tests.factories import make_call, make_dossier, make_programme, make_staff

pytestmark = pytest.mark.django_db
CSV = "/instruction/export.csv"
EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "|calc", "\t=1", "http://evil.example"]


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def call(programme):
    return make_call(programme)


@pytest.fixture
def officer(programme, client):
    user = make_staff(programme, Role.OFFICER)
    client.force_login(user)
    return user


def lines(client, **query):
    content = b"".join(client.get(CSV, query).streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content), delimiter=";"))


def sheet(content):
    """The cells of the first sheet with their kind, and the names of every part of the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        tree = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - ours
        return [cell for cell in tree.iter() if cell.tag.endswith("}c")], book.namelist()


def ask(client, q=""):
    client.post(reverse("screening:prepare_export"), {"next": f"?q={q}"})
    return Export.objects.get()


def file_of(client, export):
    response = client.get(reverse("screening:export_file", args=[export.pk]))
    return b"".join(response.streaming_content)


def test_the_csv_holds_what_the_page_shows(client, call, officer):
    mine = make_dossier(call=call, state="submitted", title="Montré", requested=Decimal("1000.50"))
    make_dossier(call=call, state="submitted", title="Caché", department="34")
    make_dossier(state="submitted", title="Ailleurs")
    operations.tag(mine, name="urgent", actor=officer)
    operations.choose_columns(["montant", "etat"], actor=officer)

    assert lines(client, q="dept:31") == [
        ["Dossier", "Projet", "Étiquettes", "Demandé", "État"],
        [mine.reference, "Montré", "urgent", "1000,50", "Déposé"],
    ]


def test_the_csv_goes_past_the_last_page(client, call, officer, monkeypatch):
    monkeypatch.setattr("grants.screening.paging.MOST", 2)
    for _n in range(4):
        make_dossier(call=call, state="submitted")

    assert client.get("/instruction/").context["page"].paginator.is_cut
    assert len(lines(client)) == 5


@pytest.mark.parametrize("title", EVIL)
def test_no_cell_of_the_csv_is_a_formula(client, call, officer, title):
    make_dossier(call=call, state="submitted", title=title)

    (cell,) = [row[1] for row in lines(client)[1:]]

    assert cell.lstrip("'").strip() == title.strip()
    assert not cell.startswith(("=", "+", "-", "@", "|", "\t"))


def test_a_small_sheet_is_ready_at_once_and_holds_text_as_text(client, call, officer):
    for title in EVIL:
        make_dossier(call=call, state="submitted", title=title, requested=Decimal("1000.50"))

    export = ask(client)
    cells, parts = sheet(file_of(client, export))

    assert (export.state, export.done, export.total) == ("done", len(EVIL), len(EVIL))
    assert not [cell for cell in cells if cell.find("{*}f") is not None]
    texts = [cell.findtext("{*}is/{*}t") for cell in cells if cell.get("t") == "inlineStr"]
    assert {title.strip() for title in EVIL} <= {(text or "").strip() for text in texts}
    assert [cell.findtext("{*}v") for cell in cells].count("1000.50") == len(EVIL)
    assert not [part for part in parts if "rels" in part and "sheet1" in part]


def test_a_large_sheet_is_prepared_behind_the_page(
    client, call, officer, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(exporting, "AT_ONCE", 1)
    make_dossier(call=call, state="submitted")
    make_dossier(call=call, state="submitted")

    export = ask(client)
    page = client.get(export.get_absolute_url()).content.decode()
    assert export.state == "waiting"
    assert '<progress class="progress-line" id="export-progress" max="2" value="0">' in page

    tasks.make_export(export.pk)
    part = client.get(export.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert "Télécharger le fichier" in part
    assert "<html" not in part


def test_the_progress_bar_moves_portion_by_portion(client, call, officer, monkeypatch):
    for _n in range(5):
        make_dossier(call=call, state="submitted")
    monkeypatch.setattr("grants.screening.exporting.CHUNK", 2)
    monkeypatch.setattr(exporting, "AT_ONCE", 1)
    export, seen = ask(client), []
    monkeypatch.setattr("grants.screening.exporting.reference", watching(client, export, seen))

    tasks.make_export(export.pk)

    assert list(dict.fromkeys(seen)) == ["0", "2", "4"]
    assert file_of(client, export)


def watching(client, export, seen):
    """What the bar says each time a row is written."""

    def told(row):
        page = client.get(export.get_absolute_url()).content.decode()
        seen.append(re.search(r'max="5" value="(\d+)"', page)[1])
        return row["title"]

    return told


def test_an_export_is_made_once(call, officer):
    make_dossier(call=call, state="submitted")
    export = operations.ask_export(query="", sort="depot", columns=[], actor=officer)

    again = operations.make_export(export.pk)

    assert again.file.name == export.file.name


def test_only_who_asked_fetches_the_file(client, programme, call, officer):
    make_dossier(call=call, state="submitted")
    export = ask(client)
    client.force_login(make_staff(programme, Role.MANAGER))

    assert client.get(export.get_absolute_url()).status_code == 404
    assert client.get(reverse("screening:export_file", args=[export.pk])).status_code == 404


def test_who_left_the_programme_fetches_nothing(client, call, officer):
    make_dossier(call=call, state="submitted")
    export = ask(client)
    officer.duties.update(ended_at=timezone.now())

    assert client.get(reverse("screening:export_file", args=[export.pk])).status_code == 404


def test_a_lost_message_is_taken_up_and_an_old_file_dropped(call, officer):
    make_dossier(call=call, state="submitted")
    past = timezone.now() - timedelta(minutes=2)
    lost = Export.objects.create(owner=officer, sort="depot", asked_at=past)

    tasks.tidy_exports()
    lost.refresh_from_db()
    assert lost.state == "done"
    name = lost.file.name
    Export.objects.update(asked_at=timezone.now() - timedelta(hours=25))
    tasks.tidy_exports()

    assert not Export.objects.exists()
    assert not default_storage.exists(name)


def test_a_failure_is_told(client, officer):
    export = Export.objects.create(owner=officer, sort="depot", state="failed")

    assert "n’a pas pu être préparé" in client.get(export.get_absolute_url()).content.decode()
