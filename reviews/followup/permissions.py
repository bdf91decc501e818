"""Who follows the readings of a call, and who may press the readers."""

from reviews.assignments.permissions import FOLLOW, PLAN

SEE = FOLLOW
REMIND = PLAN
