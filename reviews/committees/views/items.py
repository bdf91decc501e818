"""What is done with the dossier before the room."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Refused
from reviews.committees import operations
from reviews.committees.forms import ProposalForm
from reviews.committees.models import Item
from reviews.committees.views.room import Refusal, act, find, named_member, show


def find_item(request, pk):
    items = Item.objects.of_those_seen_by(request.user).for_act()
    return get_object_or_404(items, pk=pk)


def step(request, pk, operation, done="", **values):
    item = find_item(request, pk)
    return act(request, item.session, lambda: operation(item, actor=request.user, **values), done)


@require_POST
def call_up(request, pk):
    return step(request, pk, operations.call_up)


@require_POST
def set_aside(request, pk):
    return step(request, pk, operations.set_aside)


@require_POST
def put_to_vote(request, pk):
    return propose(request, pk, operations.put_to_vote)


@require_POST
def agree(request, pk):
    return propose(request, pk, operations.agree)


def propose(request, pk, operation):
    """A proposal that is refused comes back as it was typed."""
    item = find_item(request, pk)
    form = ProposalForm(request.POST)
    if form.is_valid():
        try:
            operation(item, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("proposed", str(refusal))
        else:
            return redirect(item.session)
    problems = {name: " ".join(errors) for name, errors in form.errors.items()}
    refused = Refusal(item, form.data, problems)
    return show(request, find(request, item.session_id), refused=refused)


@require_POST
def cast(request, pk):
    item = find_item(request, pk)
    choice = request.POST.get("choice", "")
    done = _("Votre voix est enregistrée. Vous pouvez la changer tant que le vote est ouvert.")
    return act(
        request,
        item.session,
        lambda: operations.cast(item, choice, actor=request.user),
        done,
    )


@require_POST
def stop_vote(request, pk):
    return step(request, pk, operations.stop_vote)


@require_POST
def settle(request, pk):
    return step(request, pk, operations.settle)


@require_POST
def withdraw(request, pk):
    item = find_item(request, pk)
    member = named_member(request, item.session)
    return act(request, item.session, lambda: operations.withdraw(item, member, actor=request.user))


@require_POST
def remark(request, pk):
    """A remark that is refused comes back as it was typed."""
    item = find_item(request, pk)
    text = request.POST.get("text", "")
    try:
        operations.remark(item, text, actor=request.user)
    except Refused as refusal:
        refused = Refusal(item, request.POST, {"text": str(refusal)})
        return show(request, find(request, item.session_id), refused=refused)
    return redirect(item.session)


for view in (put_to_vote, agree, remark):
    view.keeps_any_text = True
