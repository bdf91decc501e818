"""A dossier for its page: with everything it shows, and what this person is to it."""

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Subquery
from django.db.models.functions import JSONObject

from accounts.organisations.models import Membership
from accounts.organisations.permissions import WRITING
from grants.core.prepared import prepared
from grants.dossiers import permissions as may
from grants.dossiers.models import Document, Dossier
from grants.dossiers.records import LateAccess, SectionCare, SignOff
from grants.programmes.models import Theme

TOLD = {"is_author": may.applicant, "is_colleague": may.colleague}
STANDING = Exists(SignOff.objects.filter(dossier=OuterRef("pk"), voided_at=None))
# The last agreement, whether it holds or not: a revised form may be what ended it.
LAST_AGREEMENT = Subquery(
    SignOff.objects.filter(dossier=OuterRef("pk"))
    .order_by("-signed_at", "-pk")
    .values(json=JSONObject(who="signed_by__full_name", by_form="voided_by_form"))[:1]
)
# Beside each section: whom it is entrusted to, who called it complete and when.
CARES = ArraySubquery(
    SectionCare.objects.filter(dossier=OuterRef("pk")).values(
        json=JSONObject(
            section="section",
            holder="holder__full_name",
            holder_id="holder_id",
            completed_at="completed_at",
            completed_by="completed_by__full_name",
        )
    )
)
WRITERS = ArraySubquery(
    Membership.objects.filter(
        organisation=OuterRef("organisation"), left_at=None, role__in=WRITING, user__is_active=True
    )
    .order_by("user__full_name", "user")
    .values(json=JSONObject(id="user_id", name="user__full_name", email="user__email"))
)
WHY_LATE = Subquery(
    LateAccess.objects.filter(dossier=OuterRef("pk")).order_by("-pk").values("reason")[:1]
)


def find(user, pk):
    """404 unless this person may see it; what its page tells costs no further query."""
    return told_to.one_or_404(user, pk)


@prepared
def told_to(user, pk):
    beside = {
        "cares_told": CARES,
        "writers": WRITERS,
        "why_late": WHY_LATE,
        "has_sign_off": STANDING,
        "last_agreement": LAST_AGREEMENT,
        "is_representative": answer_of(may.SIGN, user),
    }
    return seen(user).for_detail().annotate(**beside).filter(pk=pk)


def seen(user):
    dossiers = Dossier.objects.seen_by(user)
    for name, rule in TOLD.items():
        dossiers = dossiers.annotate(**{name: answer_of(rule, user)})
    return dossiers


def answer_of(rule, user):
    return ExpressionWrapper(rule.rows(user), output_field=BooleanField())


def find_held(user, pk):
    """A dossier of this person's company, locked, with all that saving one field asks before it.

    The questions stay behind: a process that has read this form once knows them. Whoever may only
    read it is refused; to anybody else it does not exist.
    """
    found = held_by(user, pk)
    if not found:
        Dossier.objects.seen_by(user).get(pk=pk)
        raise PermissionDenied
    return found[0]


@prepared
def held_by(user, pk):
    files = Document.objects.filter(dossier=OuterRef("pk")).current().values("key")
    themes = Theme.objects.filter(programme=OuterRef("call__programme"))
    told = {
        "is_author": answer_of(may.applicant, user),
        "themes": ArraySubquery(themes.values(json=JSONObject(key="key", pk="pk"))),
        "file_keys": ArraySubquery(files),
        "is_agreed": STANDING,
    }
    theirs = Dossier.objects.of_applicant(user).annotate(**told).select_related("call", "form")
    return theirs.defer("form__definition").select_for_update(of=["self"]).filter(pk=pk)
