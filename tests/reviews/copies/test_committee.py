"""Members of a committee who are not to know the companies have the same copies as its readers."""

import pytest
from django.utils import timezone

from reviews.committees.models import Attendance, Item, Member, Session
from tests.access.traces import traces_of
from tests.factories import make_user
from tests.reviews.copies import corpus
from tests.reviews.copies.scene import COMPANY, Scene, clear_pdf

pytestmark = pytest.mark.django_db


def test_a_member_has_copies_and_is_told_what_is_withheld(client):
    scene = Scene(pdf=clear_pdf(), png=corpus.png())
    scene.copies()
    session = Session.objects.create(
        call=scene.call, held_at=timezone.now(), place="Salle 3", quorum=1
    )
    item = Item.objects.create(
        session=session, dossier=scene.dossier, position=1, because="Rang 1", rank=1, score=3
    )
    member = make_user()
    place = Member.objects.create(session=session, user=member, part="member")
    session.state, session.opened_at = "open", timezone.now()
    session.save()
    Attendance.objects.create(member=place, noted_by=member)
    client.force_login(member)
    files = [f"/comites/dossiers/{item.pk}/pieces/{one.pk}/" for one in scene.files]

    page = client.get(f"/comites/dossiers/{item.pk}/").content.decode()
    paper, picture = (client.get(address) for address in files)

    told = page + "".join(text for _place, text in traces_of(paper))
    assert corpus.SECRET not in told
    assert COMPANY not in told
    assert [address in page for address in files] == [True, False]
    assert "ne se vérifient pas" in page
    assert (paper.status_code, picture.status_code) == (200, 404)
