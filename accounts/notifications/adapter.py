"""How the sign-in library reaches people: through our outbox, never straight to the mail server."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from accounts.notifications.operations import plain, post
from accounts.people.language import remember_language


class Adapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix, email, context):
        """Write the letter in its reader's language; it leaves with the others."""
        person = context.get("user")
        with translation.override(getattr(person, "language", translation.get_language())):
            values = {
                "code": "",
                **context,
                "email": email,
                "person": person or "",
                "site_name": settings.SITE_NAME,
                "site_url": settings.SITE_URL,
                "now": timezone.now(),
            }
            post(
                address=email,
                subject=plain(f"{template_prefix}_subject.txt", values),
                text=plain(f"{template_prefix}_message.txt", values),
            )

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        super().send_notification_mail(
            template_prefix, user, {**(context or {}), "user": user}, email
        )

    def post_login(self, request, user, **kwargs):
        """From here on pages speak the language this person chose."""
        response = super().post_login(request, user, **kwargs)
        return remember_language(response, user.language)

    def get_logout_redirect_url(self, request):
        return reverse("opendata:public")

    def get_password_change_redirect_url(self, request):
        return reverse("people:profile")
