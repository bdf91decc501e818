from django.conf import settings

from accounts.notifications.models import Notification, StoredMail
from tests.access.cast import Cast


def no_object(state):
    return Cast(), [], {}


def message_to_the_applicant(state):
    cast = Cast()
    message = Notification.objects.create(
        recipient=cast.applicant, kind="test", subject="Dossier reçu", body="Merci."
    )
    return cast, [message.pk], {}


def outgoing(state):
    settings.MAIL_IS_SHOWN_HERE = state == "local"
    return Cast(), [], {}


def outgoing_letter(state):
    letter = StoredMail.objects.create(
        address="lea@exemple.fr", sender="Éclore", subject="Code", text="ABC"
    )
    return *outgoing(state)[:1], [letter.pk], {}


SCENES = {
    "notifications:inbox": no_object,
    "notifications:open": message_to_the_applicant,
    "notifications:read_all": no_object,
    "notifications:mails": outgoing,
    "notifications:mail": outgoing_letter,
}
