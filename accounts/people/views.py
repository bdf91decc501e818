from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.people import operations
from accounts.people.forms import ProfileForm
from accounts.people.language import remember_language
from accounts.people.models import User


def profile(request):
    # A copy: a refused name must not show in the head of the page.
    person = User.objects.get(pk=request.user.pk)
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        operations.introduce(person, actor=request.user, **form.cleaned_data)
        with translation.override(person.language):
            messages.success(request, _("Vos coordonnées sont enregistrées."))
        return remember_language(redirect("people:profile"), person.language)
    context = {"form": form, "person": person, "memberships": person.places()}
    return render(request, "accounts/people/profile.html", context)
