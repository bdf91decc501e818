"""The site as it is, and two pages to compare the others with."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.urls import path

from config.urls import urlpatterns as site
from grants.programmes.models import Programme

EMPTY = "{% extends 'layouts/page.html' %}{% block heading %}{{ row }}{% endblock %}"


def floor(request, pk):
    """One row by primary key, through every middleware, without a template."""
    return HttpResponse(get_object_or_404(Programme, pk=pk).name)


def layout(request, pk):
    """The same row inside the layout every page shares: what a page costs before it says a word."""
    row = get_object_or_404(Programme, pk=pk)
    return HttpResponse(engines["django"].from_string(EMPTY).render({"row": row}, request))


urlpatterns = [
    *site,
    path("bench/floor/<int:pk>/", floor, name="bench_floor"),
    path("bench/layout/<int:pk>/", layout, name="bench_layout"),
]
