"""The forms of an account, in our words; the sign-in library does the work behind them."""

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.people.models import LANGUAGES, User

EMAIL = _("Adresse électronique")
PASSWORD = _("Mot de passe")
PASSWORD_RULE = _(
    "Au moins 12 caractères. Quatre mots sans rapport font un bon mot de passe ; "
    "évitez votre nom et votre adresse."
)


def worded(form, **labels):
    """Give the fields our labels; hints stand beside a field, never inside it."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        field.label = labels.get(name, field.label)


class NameField(forms.CharField):
    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Prénom et nom"))
        kwargs.setdefault("max_length", 150)
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "name"}))
        super().__init__(**kwargs)

    def clean(self, value):
        """A name is one line: it is written into letters and the heads of e-mails."""
        return " ".join(super().clean(value).split())


class SignupForm(allauth.SignupForm):
    full_name = NameField()

    field_order = ["full_name", "email", "password1"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        worded(self, email=EMAIL, password1=PASSWORD)
        self.fields["email"].help_text = _(
            "Nous y envoyons un code pour vérifier qu’elle est à vous."
        )
        self.fields["password1"].help_text = PASSWORD_RULE

    def clean(self):
        cleaned = super().clean()
        password, name = cleaned.get("password1"), cleaned.get("full_name")
        if password and name and not self.has_error("password1"):
            try:
                validate_password(password, User(full_name=name))
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned

    def save(self, request):
        user = super().save(request)
        user.full_name = self.cleaned_data["full_name"]
        user.save(update_fields=["full_name"])
        return user


class LoginForm(allauth.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        worded(self, login=EMAIL, password=PASSWORD)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""


class ResetPasswordForm(allauth.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        worded(self, email=EMAIL)


class ResetPasswordKeyForm(allauth.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        new_password(self)


class ChangePasswordForm(allauth.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        new_password(self)
        self.fields["oldpassword"].label = _("Mot de passe actuel")
        self.fields["oldpassword"].help_text = ""


class SetPasswordForm(allauth.SetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        new_password(self)


def new_password(form):
    worded(
        form,
        password1=_("Nouveau mot de passe"),
        password2=_("Le même, encore une fois"),
    )
    form.fields["password1"].help_text = PASSWORD_RULE


class AddEmailForm(allauth.AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        worded(self, email=_("Nouvelle adresse électronique"))


class ChangeEmailForm(allauth.ChangeEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        worded(self, email=EMAIL)


class ReauthenticateForm(allauth.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        worded(self, password=PASSWORD)


class ConfirmEmailVerificationCodeForm(allauth.ConfirmEmailVerificationCodeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        worded(self, code=_("Code reçu"))


class ProfileForm(forms.ModelForm):
    full_name = NameField()
    phone = forms.CharField(
        label=_("Téléphone"),
        required=False,
        max_length=30,
        help_text=_("Facultatif. Il sert à vous joindre au sujet d’un dossier, rien d’autre."),
        validators=[
            RegexValidator(
                r"^\+?[0-9][0-9 .()-]{5,}$",
                _("Écrivez un numéro de téléphone, par exemple 05 61 00 00 00."),
            )
        ],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    language = forms.ChoiceField(
        label=_("Langue"),
        choices=LANGUAGES,
        help_text=_("Celle des pages et des messages que nous vous envoyons."),
    )

    class Meta:
        model = User
        fields = ["full_name", "phone", "language"]
