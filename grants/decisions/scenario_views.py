from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Refused, require
from grants.decisions import permissions as may
from grants.decisions.comparing import changes, columns_of, effects
from grants.decisions.models import Allocation, Scenario
from grants.decisions.operations.trying import (
    changed_rules,
    choose_scenario,
    copy_scenario,
    save_scenario,
    try_rules,
)
from grants.decisions.published import rules_of
from grants.decisions.ruling import rules_from
from grants.decisions.scenario_forms import NameForm, ScenarioForm
from grants.decisions.studio import offered_to
from grants.decisions.wishes import basis_of, rows_from
from grants.programmes.models import Theme

MOST = 4  # columns a screen can hold


def scenarios(request, pk):
    """All that was tried, side by side; a post tries one more."""
    allocation = get_object_or_404(Allocation.objects.seen_by(request.user).for_detail(), pk=pk)
    form = form_of(request, allocation)
    if request.method == "POST":
        require(may.PREPARE, request.user, allocation)
        if form.is_valid() and try_one(request, allocation, form):
            return redirect("decisions:scenarios", pk)
    context = {
        "allocation": allocation,
        "call": allocation.call,
        "form": form,
        "may_edit": allocation.state == "preparing"
        and may.PREPARE.allows(request.user, allocation),
        **compared(allocation, request.GET.getlist("s")),
    }
    return render(request, "grants/decisions/scenarios.html", context)


def is_open(allocation, user):
    return allocation.state == "preparing" and may.PREPARE.allows(user, allocation)


def form_of(request, allocation):
    rules = rules_of(allocation.call)
    return ScenarioForm(
        request.POST or None,
        initial={"mode": rules.mode, "max_awards": rules.max_awards},
        scenarios=allocation.scenarios.all(),
        themes=Theme.objects.filter(programme=allocation.call.programme_id),
    )


def try_one(request, allocation, form):
    name, actor = form.cleaned_data["name"], request.user
    try:
        if form.tries_rules:
            base = form.cleaned_data["base"]
            rules = rules_from(base.rules) if base else rules_of(allocation.call)
            try_rules(
                allocation,
                name=name,
                rules=changed_rules(rules, **form.change()),
                keep_pins=form.cleaned_data["keep_pins"],
                actor=actor,
            )
        else:
            save_scenario(allocation, name=name, actor=actor)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Scénario « %(name)s » gardé.") % {"name": name})
    return True


def compared(allocation, asked):
    """The columns asked for, else the chosen one and the last tried."""
    kept = list(allocation.scenarios.select_related("made_by"))
    wanted = [one for one in kept if str(one.pk) in asked]
    if not wanted:
        chosen = [one for one in kept if one.is_chosen]
        others = [one for one in kept if not one.is_chosen]
        wanted = [*chosen, *others[-(MOST - 1) :]]
    lines = list(lines_of(allocation))
    rows = rows_from(lines, allocation.call)
    bases = {line.dossier_id: basis_of(line.dossier.decision) for line in lines}
    innovative = {key: basis.is_innovative if basis else None for key, basis in bases.items()}
    published = rules_of(allocation.call).mode
    columns = columns_of(wanted[:MOST], rows, innovative, published=published)
    titles = {line.dossier_id: line.dossier.title or str(line.rank) for line in lines}
    return {
        "scenarios": kept,
        "columns": columns,
        "shown": {one.scenario.pk for one in columns},
        "effects": effects(columns, offered_to(allocation)),
        "changes": changes(columns, rows, titles),
    }


def lines_of(allocation):
    return allocation.ranking.lines.select_related(
        "dossier__organisation", "dossier__theme", "dossier__decision__basis"
    ).order_by("rank")


@require_POST
def choose(request, pk):
    scenario = find(request, pk)
    return take(
        request,
        scenario,
        lambda: choose_scenario(scenario, actor=request.user),
        _("Ce scénario est maintenant la proposition. Les autres restent gardés."),
    )


@require_POST
def copy(request, pk):
    scenario = find(request, pk)
    form = NameForm(request.POST)
    name = form.cleaned_data["name"] if form.is_valid() else ""
    return take(
        request,
        scenario,
        lambda: copy_scenario(scenario, name=name, actor=request.user),
        _("Scénario copié."),
    )


def find(request, pk):
    return get_object_or_404(
        Scenario.objects.select_related("allocation__call__programme", "allocation__envelope"),
        pk=pk,
        allocation__in=Allocation.objects.seen_by(request.user),
    )


def take(request, scenario, act, done):
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(scenario)
