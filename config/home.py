from django.shortcuts import redirect

from config.context import places_of
from config.rights import known_or_read


def home(request):
    """Send everybody to the page that shows what waits for them."""
    places = places_of(known_or_read(request.user))
    if "staff" in places:
        return redirect("cockpit:home")
    if "expert_place" in places:
        return redirect("evaluations:desk")
    return redirect("committees:list" if places == {"committee_seat"} else "dossiers:list")
