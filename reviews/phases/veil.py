"""A dossier as readers see it who are not to know its company: the same, with its names masked.

Made from the rows before anything is shown: pages, letters and lists cannot forget it.
"""

from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from accounts.organisations.models import Membership, Organisation
from grants.dossiers.models import Dossier
from grants.formbuilder.markup import table_as_read
from reviews.phases.masking import Piece, pieces
from reviews.phases.naming import SURE, brand_behind, houses_in, people_in, told_by_register
from reviews.phases.permissions import calls_giving
from reviews.phases.rights import NAME_APPLICANTS

# Whoever reads these knows the company or its people, whatever words stand there.
TELLING_KINDS = frozenset({"siret", "commune", "email", "phone", "url", "iban"})
TELLING_CLASSES = frozenset({"personal", "bank"})
BAR = '<span class="masked"><span class="visually-hidden">{}</span></span>'


class Masked(str):
    """Reads « [masqué] » as plain text, shows a black mark with that word on a page."""

    @classmethod
    def of(cls, cut):
        hidden = f"[{_('masqué')}]"
        made = cls("".join(hidden if piece.is_hidden else piece.text for piece in cut))
        made.cut = cut
        return made

    def __html__(self):
        word = _("masqué")
        return mark_safe(  # noqa: S308 - both branches escape
            "".join(
                format_html(BAR, word) if piece.is_hidden else format_html("{}", piece.text)
                for piece in self.cut
            )
        )


@dataclass(frozen=True)
class Names:
    """What may not be read of one company."""

    companies: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    def mask(self, text):
        return Masked.of(
            pieces(str(text), companies=self.companies, people=self.people, numbers=self.numbers)
        )

    def with_form(self, form):
        """Also those its answers name: partners, affiliates, the team, the web site."""
        return replace(
            self,
            companies=(*self.companies, *houses_in(form)),
            people=(*self.people, *people_in(form)),
        )


@dataclass(frozen=True)
class MaskedReply:
    """An answer that tells nobody's name; stands where a reply stands."""

    question: Any
    shown: Any
    table: Any = None
    is_given: bool = True
    is_content: bool = True
    files: tuple = ()
    is_masked: bool = True
    stored: Any = field(default=None, repr=False)

    @property
    def html(self):
        """A table or paragraphs, with the marks in them."""
        if self.table:
            return table_as_read(self.question, self.table)
        lines = self.shown.__html__().split("\n")
        return format_html_join("", "<p>{}</p>", ((mark_safe(line),) for line in lines if line))  # noqa: S308


def names_of(dossier):
    return names_in([dossier])[dossier.pk]


def names_in(dossiers):
    """Those of many dossiers by their keys, asking once for everybody."""
    people = {}
    companies = {dossier.organisation_id for dossier in dossiers}
    members = Membership.objects.filter(organisation__in=companies).order_by("pk")
    for company, *person in members.values_list("organisation", "user__full_name", "user__email"):
        people.setdefault(company, []).append(person)
    return {
        dossier.pk: names_with(dossier.organisation, people.get(dossier.organisation_id, []))
        for dossier in dossiers
    }


def names_with(organisation, members):
    """What its people state, what the register says, what its addresses show."""
    brands, persons = told_by_register(organisation)
    mail = [brand for _name, email in members if (brand := brand_behind(email))]
    short = [brand for brand in brands if len(brand) < SURE]
    # A town says little of a big one and everything of a small one.
    companies = [organisation.name, organisation.city, *mail, *(set(brands) - set(short))]
    return Names(
        tuple(sorted({name for name in companies if name})),
        tuple(sorted({*(name for name, _email in members), *persons, *short})),
        (organisation.siren,),
    )


def veiled(dossier, names=None):
    """A copy with its title masked and a company that is nobody's; never to be saved."""
    names = names or names_of(dossier)
    seen = copy(dossier)
    seen.title = names.mask(dossier.title)
    seen.organisation = Organisation(name=nobody())
    seen.hidden_names = names
    return seen


def for_reader(dossier):
    """The dossier as its readers may know it at this moment, for what is written to them."""
    return for_readers([dossier])[0]


def for_readers(dossiers):
    """The same for many, asking once for all their calls."""
    named = set(
        calls_giving(NAME_APPLICANTS)
        .filter(pk__in={dossier.call_id for dossier in dossiers})
        .values_list("pk", flat=True)
    )
    names = names_in([one for one in dossiers if one.call_id not in named and not is_veiled(one)])
    return [veiled(one, names[one.pk]) if one.pk in names else one for one in dossiers]


def veil_assignments(assignments):
    """In place, those whose phase names no applicant; `names_applicants` was asked with them."""
    for assignment in assignments:
        if not assignment.names_applicants:
            assignment.dossier = veiled(assignment.dossier)
    return assignments


def veil_rows(rows):
    """Light rows (`dossier`, `title`, `organisation`, `names_applicants`) as one may know them."""
    hidden = {row.dossier for row in rows if not row.names_applicants}
    if not hidden:
        return rows
    names = names_in(Dossier.objects.filter(pk__in=hidden).select_related("organisation"))
    return [
        row
        if row.names_applicants
        else row._replace(title=names[row.dossier].mask(row.title), organisation=nobody())
        for row in rows
    ]


def nobody():
    return _("Entreprise masquée")


def veil_evaluation(evaluation):
    """In place as well."""
    assignment = evaluation.assignment
    if not evaluation.names_applicants:
        assignment.dossier = veiled(assignment.dossier)
    return evaluation


def is_veiled(dossier):
    return hasattr(dossier, "hidden_names")


def hidden_names_of(dossier):
    """What is masked in it; None when all of it may be read."""
    return getattr(dossier, "hidden_names", None)


def masked_form(form, dossier):
    """A filled form as the readers of this dossier may know it; files that tell are withheld."""
    if not is_veiled(dossier):
        return form
    names = dossier.hidden_names.with_form(form)
    sections = tuple(
        replace(section, replies=tuple(masked_reply(reply, names) for reply in section.replies))
        for section in form.sections
    )
    return replace(form, sections=sections)


def masked_reply(reply, names):
    question = reply.question
    given = {"question": question, "is_given": reply.is_given, "is_content": reply.is_content}
    if question.kind == "file":
        return MaskedReply(shown="", **given)
    if question.kind in TELLING_KINDS or question.confidentiality in TELLING_CLASSES:
        return MaskedReply(shown=names_all(reply.shown or "…"), **given)
    return MaskedReply(
        shown=names.mask(reply.shown), table=masked_table(reply.table, names), **given
    )


def names_all(text):
    return Masked.of([Piece(str(text), True)])


def masked_table(table, names):
    if not table:
        return table
    return {**table, "rows": [[masked_cell(cell, names) for cell in row] for row in table["rows"]]}


def masked_cell(cell, names):
    return cell if cell["is_number"] else {**cell, "text": names.mask(cell["text"])}
