import logging

from django.db import transaction

from grants.funding import messages
from grants.funding.recount import differences

logger = logging.getLogger(__name__)


@transaction.atomic
def check_ledger():
    """Work every total out again from the entries; tell what differs, and change nothing."""
    found = differences()
    for difference in found:
        logger.error("ledger: %s", difference)
    if found:
        messages.ledger_differs(found)
    return found
