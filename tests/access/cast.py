"""The people of the access policy, around one programme, one call and one dossier."""

from functools import cached_property

from accounts.organisations.models import Membership
from grants.programmes.states import CallState, Role
from tests.factories import (
    join,
    make_assignment,
    make_call,
    make_dossier,
    make_expert,
    make_organisation,
    make_programme,
    make_staff,
    make_user,
)


class Cast:
    """`applicant` owns the dossier and represents its company by law, `reader` is a colleague who
    may look, `stranger` runs another company; officer, manager, finance and auditor serve the
    programme, `other_officer` another one; `reviewer` is assigned to the dossier,
    `other_reviewer` sits in the pool without it."""

    ROLES = (
        "anonymous", "applicant", "reader", "stranger", "officer", "manager", "finance",
        "auditor", "other_officer", "reviewer", "other_reviewer",
    )  # fmt: skip

    def __init__(self, *, call_state=CallState.OPEN, dossier_state="draft"):
        self.call_state = call_state
        self.dossier_state = dossier_state

    @cached_property
    def programme(self):
        return make_programme()

    @cached_property
    def call(self):
        return make_call(self.programme, state=self.call_state)

    @cached_property
    def organisation(self):
        return make_organisation()

    @cached_property
    def dossier(self):
        return make_dossier(
            call=self.call,
            organisation=self.organisation,
            author=self.applicant,
            state=self.dossier_state,
        )

    @cached_property
    def assignment(self):
        return make_assignment(dossier=self.dossier, expert=self.expert)

    @cached_property
    def expert(self):
        return make_expert(self.call)

    @cached_property
    def applicant(self):
        user = make_user()
        join(user, self.organisation, legal_title="Présidente")
        return user

    @cached_property
    def reader(self):
        user = make_user()
        join(user, self.organisation, Membership.Role.READER)
        return user

    @cached_property
    def stranger(self):
        user = make_user()
        make_organisation(owner=user)
        return user

    @cached_property
    def officer(self):
        return make_staff(self.programme, Role.OFFICER)

    @cached_property
    def manager(self):
        return make_staff(self.programme, Role.MANAGER)

    @cached_property
    def finance(self):
        return make_staff(self.programme, Role.FINANCE)

    @cached_property
    def auditor(self):
        return make_staff(self.programme, Role.AUDITOR)

    @cached_property
    def other_officer(self):
        return make_staff(make_programme(), Role.OFFICER)

    @cached_property
    def reviewer(self):
        return self.expert.user

    @cached_property
    def other_reviewer(self):
        return make_expert(self.call).user
