"""Writing how a call shares out, and keeping the word of its draw."""

from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock, write
from grants.programmes import permissions as may
from grants.programmes.sharing import Draw, SharingBound, SharingRules


@transaction.atomic
def set_sharing(call, *, bounds, actor, **values):
    """Write the rules of a call in preparation, floors and caps replaced by `bounds`."""
    lock(call)
    require(may.EDIT, actor, call)
    rules, _made = SharingRules.objects.update_or_create(call=call, defaults=values)
    call.sharing_bounds.all().delete()
    seen = {(row["kind"], row["theme"], row["department"]) for row in bounds}
    if len(seen) < len(bounds):
        raise Refused(_("Une borne est écrite deux fois."))
    SharingBound.objects.bulk_create(SharingBound(call=call, **row) for row in bounds)
    return rules


@transaction.atomic
def announce_draw(call, *, seed, actor):
    """Publish the digest of the seed. The seed itself is not kept; nobody can change it after."""
    lock(call)
    require(may.OPEN, actor, call)
    if not (hasattr(call, "sharing") and call.sharing.draws):
        raise Refused(_("Les règles de cet appel ne prévoient pas de tirage au sort."))
    if Draw.objects.filter(call=call).exists():
        raise Refused(_("L’empreinte de ce tirage est publiée : elle ne change plus."))
    if hasattr(call, "ranking"):
        raise Refused(_("Le classement est arrêté : il est trop tard pour annoncer un tirage."))
    return Draw.objects.create(call=call, digest=digest_of(seed), published_by=actor)


@transaction.atomic
def reveal_draw(call, *, seed, actor):
    """Publish the seed, once the ranking is settled; it must be the one announced."""
    lock(call)
    require(may.OPEN, actor, call)
    draw = Draw.objects.select_for_update().filter(call=call).first()
    if draw is None:
        raise Refused(_("Aucune empreinte n’est publiée pour cet appel."))
    if draw.seed:
        raise Refused(_("La graine de ce tirage est déjà publiée."))
    if not hasattr(call, "ranking"):
        raise Refused(_("La graine se publie une fois le classement arrêté."))
    if digest_of(seed) != draw.digest:
        raise Refused(_("Ce n’est pas la graine annoncée : son empreinte est différente."))
    write(draw, seed=seed, revealed_at=timezone.now(), revealed_by=actor)
    return draw


def digest_of(seed):
    return sha256(seed.encode()).hexdigest()
