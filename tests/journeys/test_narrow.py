"""What a wide screen shows a phone shows too: a rule of style may hide a whole chapter unseen."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.journeys.browser import PHONE
from tests.journeys.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("name", ["opendata:public", "cockpit:home"])
def test_charts_are_seen_on_a_phone(window, name):
    world = World()
    reader = window("a reader")
    page = reader.sign_in(world.manager)

    page.goto(reverse(name))
    page.wait_for_load_state("networkidle")
    charts = page.locator("figure.chart")
    assert charts.count() > 1
    page.set_viewport_size(PHONE)

    for chart in charts.all():
        expect(chart).to_be_visible()
