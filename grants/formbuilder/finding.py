"""The call whose form is asked for, and that form, for somebody who may read it."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import require
from grants.formbuilder import permissions as may
from grants.programmes.models import Call


def find(user, pk):
    """Not theirs to see: it does not exist; seen but not theirs to read: refused."""
    call = get_object_or_404(Call.objects.seen_by(user).for_page(), pk=pk)
    require(may.SEE_FORM, user, call)
    return call


def find_to_edit(user, pk):
    call = find(user, pk)
    require(may.EDIT_FORM, user, call)
    return call


def form_of(call):
    """The version in preparation, else the published one."""
    form = call.forms.order_by("-number").select_related("revised_by").first()
    if form is None:
        raise Http404
    return form
