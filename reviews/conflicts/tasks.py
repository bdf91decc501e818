from celery import shared_task
from django.utils import timezone

from accounts.people.models import User
from reviews.conflicts import operations
from reviews.experts.models import Expert


@shared_task
def look_at_expert(expert_id):
    """Look for the links of an expert whose profile or seats changed; twice does no harm."""
    expert = Expert.objects.select_related("user").filter(pk=expert_id).first()
    if expert is not None and expert.links_due_at is not None:
        operations.look_at_expert(expert, actor=User.objects.system())


@shared_task
def look_where_due():
    """What a lost message left unseen, and calls whose companies have changed."""
    for expert_id in operations.due_experts(timezone.now()):
        look_at_expert(expert_id)
    for call_id in operations.due_calls():
        operations.look_at(call_id)
