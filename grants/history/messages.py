"""What is kept of a seal away from the platform, in the language of the acts."""

from django.conf import settings
from django.utils import timezone

from accounts.notifications.operations import plain, post
from grants.core.wording import day, hour


def written(seal):
    at = timezone.localtime(seal.at)
    return plain(
        "notifications/history_sealed.txt",
        {"seal": seal, "at": f"{day(at)} à {hour(at)}", "site": settings.SITE_NAME},
    )


def sealed(seal):
    """To the mailbox that keeps digests, if the authority has named one."""
    if settings.SEAL_MAILBOX:
        subject, _blank, text = written(seal).partition("\n")
        post(address=settings.SEAL_MAILBOX, subject=subject, text=text.strip())
