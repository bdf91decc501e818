from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import Refused, require
from accounts.organisations import operations
from accounts.organisations import permissions as may
from accounts.organisations.departments import department_name
from accounts.organisations.establishment import from_json
from accounts.organisations.finding import is_on, look_for, look_up
from accounts.organisations.forms import FactsForm, FoundForm, initial_of
from accounts.organisations.models import Organisation
from accounts.organisations.siret import spaced


def new(request):
    if request.method == "POST":
        return declare(request)
    found = look_for(request.GET.get("siret") or request.GET.get("q", ""))
    told = found.only if "siret" in request.GET else None
    form = FoundForm(initial=initial_of(told) if told else None, told=told)
    return page(request, form, found=found, chosen=told)


def declare(request):
    form = FoundForm(request.POST)
    if not form.is_valid():
        return page(request, form)
    found = look_up(form.cleaned_data["siret"])
    if found.is_refused:
        form.add_error("siret", found.sentence)
        return page(request, form)
    try:
        organisation = operations.found(actor=request.user, told=found.only, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("siret", str(refusal))
        return page(request, form)
    messages.success(request, recorded(organisation))
    return HttpResponseRedirect(next_of(request) or organisation.get_absolute_url())


def recorded(organisation):
    if organisation.verified_at is None and is_on():
        sentence = _("« %(name)s » est enregistrée. Nous la vérifierons au répertoire.")
    else:
        sentence = _("« %(name)s » est enregistrée.")
    return sentence % {"name": organisation.name}


def page(request, form, *, found=None, chosen=None):
    context = {
        "form": form,
        "found": found,
        "chosen": chosen,
        "way_back": next_of(request),
        "query": request.GET.get("q", ""),
        "has_register": is_on(),
    }
    return render(request, "accounts/organisations/new.html", context)


@require_safe
def search(request):
    """A fragment: the establishments that answer to what has been typed so far."""
    context = {"found": look_for(request.GET.get("q", "")), "way_back": next_of(request)}
    return render(request, "accounts/organisations/_found.html", context)


def detail(request, pk):
    organisation = get_object_or_404(Organisation.objects.seen_by(request.user), pk=pk)
    context = {
        "organisation": organisation,
        "siret": spaced(organisation.siret),
        "department": department_name(organisation.department),
        "people": organisation.people(),
        "may_edit": may.EDIT.allows(request.user, organisation),
    }
    return render(request, "accounts/organisations/detail.html", context)


def edit(request, pk):
    organisation = get_object_or_404(Organisation.objects.seen_by(request.user), pk=pk)
    require(may.EDIT, request.user, organisation)
    told = organisation.register and from_json(organisation.register)
    form = FactsForm(request.POST or None, instance=organisation, told=told)
    if request.method == "POST" and form.is_valid():
        operations.correct(organisation, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Les informations de l’entreprise sont enregistrées."))
        return redirect(organisation)
    context = {"form": form, "organisation": organisation, "siret": spaced(organisation.siret)}
    return render(request, "accounts/organisations/edit.html", context)


def next_of(request):
    """Where the visitor came from, when that is one of our own pages; else nothing."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else ""
