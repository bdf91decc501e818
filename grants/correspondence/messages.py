"""What we tell whom about letters, notes and opinions. A note is told to nobody."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accounts.notifications.operations import notify, plain, post
from accounts.people.models import User
from grants.dossiers.messages import officers
from grants.screening.messages import authors
from grants.screening.models import Charge


def written(message):
    """The company hears of the funder's words; of the company's, whoever the dossier is with."""
    kind = "message_from_funder" if message.is_from_funder else "message_from_company"
    people = authors if message.is_from_funder else those_in_charge
    tell(people(message.dossier), kind, message.dossier, message=message)


def those_in_charge(dossier):
    charge = Charge.objects.filter(dossier=dossier, officer__is_active=True).first()
    return User.objects.filter(pk=charge.officer_id) if charge else officers(dossier)


def tell(people, kind, dossier, **context):
    link = reverse("correspondence:thread", args=[dossier.pk])
    notify(people, kind, link=link, dossier=dossier, call=dossier.call, **context)


def opinion_asked(opinion, token):
    """The only place where the link is written; the letter forgets it once sent."""
    link = settings.SITE_URL + reverse("correspondence:opinion", args=[token])
    programme = opinion.dossier.call.programme
    values = {"opinion": opinion, "link": link, "programme": programme, "site": settings.SITE_NAME}
    with translation.override("fr"):
        subject, _blank, body = plain("notifications/opinion_asked.txt", values).partition("\n")
    post(address=opinion.email, subject=subject, text=body.strip(), is_secret=True)


def opinion_answered(opinion):
    people = User.objects.filter(pk=opinion.asked_by_id, is_active=True)
    tell(people, "opinion_answered", opinion.dossier, opinion=opinion)
