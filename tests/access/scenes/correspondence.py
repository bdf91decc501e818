from datetime import timedelta

from django.utils import timezone

from grants.correspondence.links import digest_of, new_token
from grants.correspondence.models import Opinion
from tests.access.cast import Cast


def dossier(state):
    cast = Cast(dossier_state=state)
    return cast, [cast.dossier.pk], {"text": "Bonjour"}


def asked(cast, token, **overrides):
    return Opinion.objects.create(
        dossier=cast.dossier,
        expert_name="Expert",
        email="expert@exemple.fr",
        question="Votre avis ?",
        digest=digest_of(token),
        expires_at=timezone.now() + timedelta(days=3),
        asked_by=cast.officer,
        **overrides,
    )


def revoke(state):
    cast, args, fields = dossier(state)
    return cast, [*args, asked(cast, new_token()).pk], fields


def opinion(state):
    cast, token = Cast(dossier_state="submitted"), new_token()
    asked(cast, token, revoked_at=timezone.now() if state == "closed" else None)
    return cast, [token], {}


def opinion_document(state):
    cast, args, fields = opinion(state)
    return cast, [*args, 1], fields


SCENES = {
    "correspondence:thread": dossier,
    "correspondence:write": dossier,
    "correspondence:note": dossier,
    "correspondence:ask_opinion": dossier,
    "correspondence:revoke": revoke,
    "correspondence:opinion": opinion,
    "correspondence:opinion_document": opinion_document,
}
