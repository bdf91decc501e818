"""Pages of the money."""

from grants.funding.views.acting import carry, endow, funders, new, part
from grants.funding.views.planning import schedule
from grants.funding.views.reading import envelope, envelopes

__all__ = ["carry", "endow", "envelope", "envelopes", "funders", "new", "part", "schedule"]
