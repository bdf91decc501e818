from django.urls import path

from grants.programmes import sharing_views, views

app_name = "programmes"
urlpatterns = [
    path("", views.calls, name="calls"),
    path("<int:pk>/", views.call, name="call"),
    path("<int:pk>/modifier/", views.edit_call, name="edit_call"),
    path("<int:pk>/criteres/", views.criteria, name="criteria"),
    path("<int:pk>/repartition/", sharing_views.sharing, name="sharing"),
    path("<int:pk>/tirage/", sharing_views.draw, name="draw"),
    path("<int:pk>/publier/", views.open, name="open"),
    path("<int:pk>/evaluation/", views.start_review, name="start_review"),
    path("programmes/<int:pk>/", views.programme, name="programme"),
    path("programmes/<int:pk>/modifier/", views.edit_programme, name="edit_programme"),
    path("programmes/<int:pk>/nouvel-appel/", views.new_call, name="new_call"),
]
