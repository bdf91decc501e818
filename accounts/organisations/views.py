from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from accounts.organisations import operations
from accounts.organisations import permissions as may
from accounts.organisations.departments import department_name
from accounts.organisations.forms import FactsForm, FoundForm
from accounts.organisations.models import Organisation
from accounts.organisations.siret import spaced


def new(request):
    way_back = next_of(request)
    form = FoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            organisation = operations.found(actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("siret", str(refusal))
        else:
            messages.success(
                request, _("« %(name)s » est enregistrée.") % {"name": organisation.name}
            )
            return HttpResponseRedirect(way_back) if way_back else redirect(organisation)
    return render(request, "accounts/organisations/new.html", {"form": form, "way_back": way_back})


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
    form = FactsForm(request.POST or None, instance=organisation)
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
