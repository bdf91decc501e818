"""Mail that stays here: the backend of the local run."""

from django.core.mail.backends.base import BaseEmailBackend

from accounts.notifications.models import StoredMail


class StoredMailBackend(BaseEmailBackend):
    def send_messages(self, email_messages):
        for message in email_messages:
            html = [
                part for part, kind in getattr(message, "alternatives", []) if kind == "text/html"
            ]
            StoredMail.objects.create(
                address=", ".join(message.recipients()),
                sender=message.from_email,
                subject=message.subject,
                text=message.body,
                html=html[0] if html else "",
            )
        return len(email_messages)
