"""What we tell whom about an appeal; the company’s receipt says what silence will mean."""

from accounts.notifications.operations import notify
from grants.decisions.messages import people_of
from grants.dossiers.messages import officers


def filed(appeal, *, silence_on):
    context = context_of(appeal) | {"silence_on": silence_on}
    notify(people_of(appeal.decision.dossier), "appeal_received", **context)
    notify(officers(appeal.decision.dossier), "appeal_filed", **context)


def answered(appeal):
    kind = f"appeal_{appeal.state}"
    notify(people_of(appeal.decision.dossier), kind, **context_of(appeal))


def withdrawn(appeal):
    notify(officers(appeal.decision.dossier), "appeal_withdrawn", **context_of(appeal))


def context_of(appeal):
    return {
        "link": appeal.get_absolute_url(),
        "appeal": appeal,
        "dossier": appeal.decision.dossier,
        "programme": appeal.decision.dossier.call.programme,
    }
