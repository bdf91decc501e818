from django.shortcuts import redirect

from config.context import places_of


def home(request):
    """Send everybody to the page that shows what waits for them."""
    person = places_of(request.user)
    if person.staff:
        return redirect("cockpit:home")
    return redirect("evaluations:desk" if person.expert_place else "dossiers:list")
