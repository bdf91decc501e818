from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Refused, require
from accounts.organisations.models import Organisation
from accounts.teams import operations
from accounts.teams import permissions as may
from accounts.teams.forms import InviteForm, RoleForm, TitleForm


@require_safe
def mine(request):
    """The team one belongs to; the choice when there are several."""
    companies = list(Organisation.objects.of(request.user).order_by("name"))
    if len(companies) == 1:
        return redirect("teams:team", companies[0].pk)
    return render(request, "accounts/teams/mine.html", {"companies": companies})


def team(request, pk):
    organisation = company(request, pk)
    form = InviteForm(request.POST or None)
    if request.method == "POST":
        require(may.RUN, request.user, organisation)
        if form.is_valid() and told(
            request,
            lambda: operations.invite(organisation, actor=request.user, **form.cleaned_data),
            _("L’invitation est partie : elle est valable 14 jours."),
        ):
            return redirect("teams:team", pk)
    context = {
        "organisation": organisation,
        "form": form,
        "may_run": may.RUN.allows(request.user, organisation),
        "people": [(one, role_form(one)) for one in operations.people_of(organisation)],
        "invitations": organisation.invitations.unanswered().order_by("invited_at"),
        "now": timezone.now(),
    }
    return render(request, "accounts/teams/team.html", context)


def role_form(membership):
    initial = {"role": membership.role}
    return RoleForm(initial=initial, auto_id=f"id_{membership.pk}_%s")


@require_POST
def change_role(request, pk, membership):
    found = one_of(request, pk, membership)
    form = RoleForm(request.POST)
    if form.is_valid():
        told(
            request,
            lambda: operations.change_role(found, actor=request.user, **form.cleaned_data),
            _("Le rôle est changé."),
        )
    else:
        messages.error(request, _("Choisissez un rôle de la liste."))
    return redirect("teams:team", pk)


@require_POST
def represent(request, pk, membership):
    found = one_of(request, pk, membership)
    require(may.RUN, request.user, found.organisation)
    form = TitleForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["title"][0])
        return redirect("teams:team", pk)
    title = form.cleaned_data["title"]
    done = _("« %(name)s » représente légalement l’entreprise.")
    ended = _("« %(name)s » ne représente plus légalement l’entreprise.")
    told(
        request,
        lambda: operations.name_representative(found, title=title, actor=request.user),
        (done if title else ended) % {"name": found.user},
    )
    return redirect("teams:team", pk)


@require_POST
def remove(request, pk, membership):
    found = one_of(request, pk, membership)
    done = told(
        request,
        lambda: operations.remove(found, actor=request.user),
        _("« %(name)s » ne fait plus partie de l’équipe.") % {"name": found.user},
    )
    left = done and found.user == request.user
    return redirect("dossiers:list") if left else redirect("teams:team", pk)


@require_POST
def revoke(request, pk, invitation):
    organisation = company(request, pk)
    found = get_object_or_404(organisation.invitations, pk=invitation)
    told(
        request,
        lambda: operations.revoke(found, actor=request.user),
        _("L’invitation est annulée : son lien n’ouvre plus rien."),
    )
    return redirect("teams:team", pk)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request, token):
    try:
        if request.method == "POST" and request.user.is_authenticated:
            found = operations.accept(token, actor=request.user)
            messages.success(request, _("Vous faites partie de l’équipe."))
            return redirect("teams:team", found.organisation_id)
        invitation = operations.find_waiting(token, timezone.now())
    except Refused as refusal:
        context = {"refusal": str(refusal)}
        return render(request, "accounts/teams/join.html", context, status=410)
    return render(request, "accounts/teams/join.html", {"invitation": invitation})


def company(request, pk):
    return get_object_or_404(Organisation.objects.seen_by(request.user), pk=pk)


def one_of(request, pk, membership):
    return get_object_or_404(operations.people_of(company(request, pk)), pk=membership)


def told(request, act, done):
    """Say what was done, or why not."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True
