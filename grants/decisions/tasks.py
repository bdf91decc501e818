from celery import shared_task

from grants.decisions.models import Allocation
from grants.decisions.operations.promoting import offer_next
from grants.decisions.reserve import to_look_at


@shared_task
def offer_reserve(allocation_id):
    """Offer what came back to the next of the list; done already, it finds the offer standing."""
    offer_next(Allocation.objects.select_related("call", "envelope").get(pk=allocation_id))


@shared_task
def offer_reserves():
    """Look at every list that may be called: money also comes back by the ledger alone."""
    for allocation in to_look_at().select_related("call", "envelope"):
        offer_next(allocation)
