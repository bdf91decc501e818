"""What the script of a section page asks: save one field, and who else is here."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import Refused
from grants.core import wording
from grants.core.differences import difference
from grants.dossiers import operations
from grants.dossiers.finding import find
from grants.dossiers.forms import number_in
from grants.dossiers.forms_of import definition_of
from grants.dossiers.messages import colleagues
from grants.dossiers.models import Dossier
from grants.dossiers.operations import Clash
from grants.dossiers.presence import beat, present
from grants.formbuilder.answers import read, text_of
from grants.formbuilder.sheets import as_lines, progress_of

# A save that began before the last question may have been stored after it.
OVERLAP = timedelta(seconds=15)


@login_not_required
@require_POST
def save(request, pk):
    """Autosave: one field; without a session the answer says where to sign in again."""
    at = timezone.now()
    if not is_same_person(request):
        return signed_out(request, pk)
    try:
        result, form = operations.autosave(
            pk,
            request.POST.get("field", ""),
            request.POST.get("value", ""),
            version=number_in(request.POST.get("version", "")),
            actor=request.user,
            at=at,
        )
    except Dossier.DoesNotExist as error:
        raise Http404 from error
    except Refused as refusal:
        return JsonResponse({"errors": [str(refusal)]}, status=422)
    except PermissionDenied:
        told = _("Vous pouvez lire ce dossier, mais pas le modifier.")
        return JsonResponse({"errors": [told]}, status=403)
    if isinstance(result, Clash):
        return JsonResponse(clash_of(request, form, result), status=409)
    return JsonResponse(saved_of(form, result))


def is_same_person(request):
    """Somebody else may have signed in since, in another tab: nobody writes in their name."""
    told = request.POST.get("person", "")
    return request.user.is_authenticated and told in {"", str(request.user.pk)}


def signed_out(request, pk):
    return JsonResponse({"login": way_back(request, pk)}, status=401)


def way_back(request, pk):
    """Where to sign in, then return to the page that keeps the text."""
    key = slugify(request.GET.get("section", ""))
    name, args = ("section", [pk, key]) if key else ("detail", [pk])
    page = reverse(f"dossiers:{name}", args=args)
    return f"{reverse('account_login')}?{urlencode({'next': page})}"


def clash_of(request, form, clash):
    """Both texts as people read them, and where they differ, word by word."""
    told = {
        "theirs": clash.theirs,
        "version": clash.version,
        "by": clash.by,
        "at": hour_of(clash.at),
    }
    reply = form.replies.get(request.POST["field"])
    if reply is not None:  # a question retired since has no words of its own any more
        mine = read(reply.question, request.POST.get("value", "")).value
        theirs = as_lines(reply.question, reply.stored)
        told["difference"] = difference(as_lines(reply.question, mine), theirs)
    return told


def saved_of(form, saved):
    return {
        "saved_at": hour_of(saved.at),
        "version": saved.version,
        "errors": [saved.error] if saved.error else [],
        "merged": saved.merged,
        "places": saved.places,
        "progress": progress_of(form),
    }


@login_not_required
@require_GET
def presence(request, pk):
    """I am here; who else is, and what has been saved in this section since I last asked."""
    if not request.user.is_authenticated:
        return signed_out(request, pk)
    now = timezone.now()
    dossier = find(request.user, pk)
    if not dossier.is_colleague:
        raise Http404
    section, field = request.GET.get("section", ""), request.GET.get("field", "")
    beat(dossier, request.user, section=section, field=field)
    others = present(dossier, colleagues(dossier).exclude(pk=request.user.pk))
    return JsonResponse({
        "now": now.isoformat(),
        "people": [worded(dossier, one) for one in others],
        "changed": changed(dossier, section, request.GET.get("since", "")),
    })  # fmt: skip


def worded(dossier, one):
    """Where somebody is, in the words of the form; a place that is not in it is nowhere."""
    definition = definition_of(dossier)
    section, question = definition.section(one.section), definition.questions.get(one.field)
    return {
        "name": one.name,
        "section": section.key if section else "",
        "section_title": section.title if section else "",
        "field": question.key if question else "",
        "field_label": question.label if question else "",
    }


def changed(dossier, key, since):
    """Answers of this section saved since then, so that nobody writes over what they never saw."""
    section = definition_of(dossier).section(key)
    since = instant_in(since)
    if section is None or since is None:
        return []
    questions = {question.key: question for question in section.questions}
    answers = dossier.answers.filter(key__in=questions, saved_at__gt=since - OVERLAP)
    return [
        {
            "key": answer.key,
            "text": text_of(questions[answer.key], answer.value),
            "version": answer.version,
            "by": str(answer.saved_by),
            "at": hour_of(answer.saved_at),
        }
        for answer in answers.select_related("saved_by").order_by("saved_at", "pk")
    ]


def instant_in(text):
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and timezone.is_aware(found) and found.year > 2000 else None


def hour_of(at):
    return wording.hour(timezone.localtime(at))
