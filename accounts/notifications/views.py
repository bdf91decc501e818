from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.notifications import operations
from accounts.notifications.models import Notification, StoredMail

PER_PAGE = 20


@require_safe
def inbox(request):
    page = Paginator(Notification.objects.for_inbox(request.user), PER_PAGE)
    context = {"page": page.get_page(request.GET.get("page"))}
    return render(request, "accounts/notifications/inbox.html", context)


@require_POST
def open_one(request, pk):
    notification = get_object_or_404(Notification.objects.seen_by(request.user), pk=pk)
    operations.mark_read(notification)
    return redirect(notification.link or "notifications:inbox")


@require_POST
def read_all(request):
    operations.mark_all_read(request.user)
    messages.success(request, _("Tous vos messages sont marqués comme lus."))
    return redirect("notifications:inbox")


def local_run_only(view):
    """The outgoing mail shows where it stays instead of being sent, and nowhere else."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if not settings.MAIL_IS_SHOWN_HERE:
            raise Http404
        return view(request, *args, **kwargs)

    return login_not_required(wrapped)


@local_run_only
@require_safe
@never_cache
def mails(request):
    page = Paginator(StoredMail.objects.all(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/notifications/mails.html", {"page": page})


@local_run_only
@require_safe
@never_cache
def mail(request, pk):
    letter = get_object_or_404(StoredMail, pk=pk)
    return render(request, "accounts/notifications/mail.html", {"letter": letter})
