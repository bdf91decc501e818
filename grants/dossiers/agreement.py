"""Where the agreement of the legal representative stands, for the page before submission."""

from dataclasses import dataclass
from datetime import datetime

from accounts.organisations.models import Membership
from accounts.organisations.permissions import WRITING
from grants.dossiers import messages
from grants.dossiers.content import digest_of, substance_of
from grants.dossiers.records import SignOff


@dataclass(frozen=True)
class Agreement:
    """`given` holds for the content as it is; `ended` is the last one that no longer does."""

    digest: str
    given: SignOff | None
    ended: SignOff | None
    representatives: list[Membership]
    owners: list[Membership]
    others: list[Membership]
    asked_at: datetime | None
    is_mine: bool

    @property
    def lets_submit(self) -> bool:
        return self.given is not None and not self.is_mine


def agreement_on(dossier, form, user):
    """None unless the call asks for four eyes: such a page costs three queries more."""
    if not dossier.call.four_eyes:
        return None
    digest = digest_of(substance_of(form))
    last = dossier.sign_offs.select_related("signed_by").last()
    holds = last is not None and last.voided_at is None and last.sha256 == digest
    people = list(dossier.organisation.people())
    return Agreement(
        digest=digest,
        given=last if holds else None,
        ended=None if holds else last,
        representatives=[one for one in people if one.legal_title],
        owners=[one for one in people if one.role == Membership.Role.OWNER],
        others=[one for one in people if one.role in WRITING and one.user_id != user.pk],
        asked_at=messages.last_asked(dossier),
        is_mine=holds and last.signed_by_id == user.pk,
    )
