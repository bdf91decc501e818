"""The room: one page for everybody, its board asked again each second by every screen."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import Refused
from reviews.committees import operations
from reviews.committees.board import board_of
from reviews.committees.finding import session_of
from reviews.committees.models import Member
from reviews.committees.pulse import beat_of


class Refusal(NamedTuple):
    """What somebody sent about a dossier of the room, and what is wrong with it, by field."""

    item: Any
    typed: Any
    problems: dict[str, str]

    @property
    def words(self):
        return [self.typed[name] for name in ("note", "text") if self.typed.get(name)]


def find(request, pk):
    return session_of.one_or_404(request.user, pk)


@require_GET
def room(request, pk):
    return show(request, find(request, pk))


def show(request, session, *, refused=None):
    """The whole page; what was `refused` comes back in its fields, or above when they are gone."""
    context = {**shown(request, session), "refused": refused}
    if refused and has_its_fields(context["board"], refused):
        context |= {"typed": refused.typed, "problems": refused.problems}
    return render(request, "reviews/committees/room.html", context)


def has_its_fields(board, refused):
    """Neither once the room has gone on to another dossier, nor for who may not write there."""
    current = board.current
    if current is None or current.is_masked or current.item != refused.item:
        return False
    return board.may_speak if "text" in refused.problems else board.may_lead


def shown(request, session):
    board = board_of(session, request.user)
    return {
        "session": session,
        "call": session.call,
        "board": board,
        "beat": tag(board.beat),
        "typed": None,
        "problems": None,
    }


@login_not_required
@require_GET
def pulse(request, pk):
    """The board when it changed for this person since `If-None-Match`; 304 otherwise."""
    if not request.user.is_authenticated:
        login = f"{reverse('account_login')}?next={reverse('committees:room', args=[pk])}"
        return JsonResponse({"login": login}, status=401)
    beat = beat_of(pk, request.user)
    if beat is None:
        return HttpResponse(status=404)
    if request.headers.get("If-None-Match") == tag(beat):
        return HttpResponseNotModified(headers={"ETag": tag(beat)})
    session = find(request, pk)
    context = shown(request, session)
    page = render_to_string("reviews/committees/_board.html", context, request)
    return HttpResponse(page, headers={"ETag": context["beat"], "Cache-Control": "no-store"})


def tag(beat):
    return f'"{beat}-{get_language()}"'


def act(request, session, step, done=""):
    """Carry one act out and come back to the room with its outcome said."""
    try:
        step()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if done:
            messages.success(request, done)
    return redirect(session)


@require_POST
def open(request, pk):
    session = find(request, pk)
    done = _("La séance est ouverte. Chaque membre signale sa présence.")
    return act(request, session, lambda: operations.open_session(session, actor=request.user), done)


@require_POST
def close(request, pk):
    session = find(request, pk)
    done = _("La séance est close : le procès-verbal est scellé, le classement arrêté.")
    return act(request, session, lambda: operations.close(session, actor=request.user), done)


@require_POST
def arrive(request, pk):
    return attend(request, pk, operations.arrive)


@require_POST
def leave(request, pk):
    return attend(request, pk, operations.leave)


def attend(request, pk, step):
    """One’s own coming and going, or that of the member the bureau names."""
    session = find(request, pk)
    member = named_member(request, session)
    return act(request, session, lambda: step(session, member, actor=request.user))


def named_member(request, session):
    named = request.POST.get("member", "")
    members = Member.objects.filter(session=session).select_related("user")
    if named.isascii() and named.isdigit():
        return get_object_or_404(members, pk=int(named[:12]))
    return get_object_or_404(members, user=request.user)
