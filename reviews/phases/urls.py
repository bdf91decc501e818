from django.urls import path

from reviews.phases import views

app_name = "phases"
urlpatterns = [
    path("<int:call_pk>/", views.call, name="call"),
    path("<int:call_pk>/choisir/", views.set_up, name="set_up"),
    path("<int:call_pk>/dates/", views.move, name="move"),
]
