"""A small world with something on every page, for looking at all of them."""

from functools import cached_property

from grants.dossiers import operations as dossiers
from grants.programmes.states import Role
from grants.screening import operations as screening
from grants.screening.checklist import ITEMS
from tests.factories import (
    make_assignment,
    make_call,
    make_dossier,
    make_envelope,
    make_evaluation,
    make_expert,
    make_link,
    make_organisation,
    make_staff,
    make_user,
)
from tests.grants.decisions.scene import Scene
from tests.grants.dossiers.complete import make_draft, make_ready, make_standard_call
from tests.grants.opendata.announced import make_award


class World:
    """`applicant` writes and has filed; `officer` and `manager` run the programme; `reviewer`
    reads one dossier and has still to declare for another."""

    def __init__(self):
        self.scene = Scene()
        self.programme = self.scene.programme
        self.manager, self.officer = self.scene.manager, self.scene.officer
        self.allocation = self.scene.prepared()
        self.applicant = make_user(full_name="Ève Ruiz")
        self.company = make_organisation(owner=self.applicant)
        self.award = make_award(
            programme=self.programme, organisation=self.company, author=self.applicant
        )

    @cached_property
    def commitment(self):
        return make_envelope(self.programme, name="Engagée").entries.create(
            kind="commitment", amount=-1_000, reason="Vote", actor=self.manager
        )

    @cached_property
    def open_call(self):
        return make_standard_call(title="Appel ouvert à tous")

    @cached_property
    def draft(self):
        return make_draft(call=self.open_call, author=self.applicant, organisation=self.company)

    @cached_property
    def filed(self):
        """Handed in for another call, whose officer is `clerk`."""
        dossier = make_ready(
            call=make_standard_call(), author=self.applicant, organisation=self.company
        )
        dossiers.submit(dossier, actor=self.applicant)
        return dossier

    @cached_property
    def clerk(self):
        clerk = make_staff(self.filed.call.programme, Role.OFFICER)
        for item in ITEMS[:3]:
            screening.check(self.filed, item.key, outcome="met", actor=clerk)
        return clerk

    @cached_property
    def preparing_call(self):
        return make_call(self.programme, state="draft")

    @cached_property
    def reviewing_call(self):
        return make_call(self.programme, state="reviewing")

    @cached_property
    def expert(self):
        return make_expert(self.reviewing_call, full_name="Ingrid Bonnet", email="i@laas.example")

    @cached_property
    def reading(self):
        """An evaluation half written."""
        return make_evaluation(assignment=self.given(declared=True), scores={"innovation": 4})

    @cached_property
    def handed_in(self):
        return make_evaluation(assignment=self.given(declared=True), submitted=True)

    @cached_property
    def undeclared(self):
        return self.given(declared=False)

    @cached_property
    def link(self):
        row = {"kind": "siren", "ours": "Institut", "theirs": "800000011", "weight": 1.0}
        dossier = make_dossier(call=self.reviewing_call, state="admissible")
        return make_link(make_expert(self.reviewing_call), dossier, evidence=[row])

    def given(self, *, declared):
        dossier = make_dossier(call=self.reviewing_call, state="in_review")
        return make_assignment(dossier=dossier, expert=self.expert, declared=declared)
