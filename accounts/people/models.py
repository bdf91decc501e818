import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.people.naming import Plain


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def system(self):
        """The account that scheduled work acts as; nobody can sign in with it."""
        user, _created = self.get_or_create(
            email=SYSTEM_EMAIL, defaults={"full_name": "Automate", "password": "!"}
        )
        return user


SYSTEM_EMAIL = "automate@invalid"
LANGUAGES = [("fr", "Français"), ("en", "English")]


# Neither the secret nor each sign-in: who somebody is, and whether they may come in.
@pghistory.track(exclude=["password", "last_login", "plain_name"])
class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("adresse électronique"), unique=True)
    full_name = models.CharField(_("prénom et nom"), max_length=150)
    # Written by the database: the name as a directory orders it and as people look for it.
    plain_name = models.GeneratedField(
        expression=Plain("full_name"), output_field=models.TextField(), db_persist=True
    )
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    language = models.CharField(_("langue"), max_length=2, choices=LANGUAGES, default="fr")
    is_active = models.BooleanField(_("compte actif"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("personne")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case_once")]

    def __str__(self):
        return self.full_name or self.email

    def places(self):
        """The companies this person acts for today."""
        return self.memberships.filter(left_at=None).select_related("organisation").order_by("pk")

    @property
    def is_system(self):
        return self.email == SYSTEM_EMAIL


def display_name(user):
    return str(user)
