from django.urls import path

from reviews.committees import views

app_name = "committees"
urlpatterns = [
    path("", views.list, name="list"),
    path("appels/<int:call_pk>/", views.plan, name="plan"),
    path("<int:pk>/", views.room, name="room"),
    path("<int:pk>/etat/", views.pulse, name="pulse"),
    path("<int:pk>/preparation/", views.revise, name="revise"),
    path("<int:pk>/ordre/", views.rebuild, name="rebuild"),
    path("<int:pk>/annuler/", views.cancel, name="cancel"),
    path("<int:pk>/ouvrir/", views.open, name="open"),
    path("<int:pk>/clore/", views.close, name="close"),
    path("<int:pk>/arrivee/", views.arrive, name="arrive"),
    path("<int:pk>/depart/", views.leave, name="leave"),
    path("<int:pk>/proces-verbal.pdf", views.minutes, name="minutes"),
    path("dossiers/<int:pk>/", views.reading, name="reading"),
    path("dossiers/<int:pk>/pieces/<int:document_pk>/", views.document, name="document"),
    path("dossiers/<int:pk>/appeler/", views.call_up, name="call_up"),
    path("dossiers/<int:pk>/reporter/", views.set_aside, name="set_aside"),
    path("dossiers/<int:pk>/vote/", views.put_to_vote, name="put_to_vote"),
    path("dossiers/<int:pk>/voix/", views.cast, name="cast"),
    path("dossiers/<int:pk>/interrompre/", views.stop_vote, name="stop_vote"),
    path("dossiers/<int:pk>/conclure/", views.settle, name="settle"),
    path("dossiers/<int:pk>/accord/", views.agree, name="agree"),
    path("dossiers/<int:pk>/deport/", views.withdraw, name="withdraw"),
    path("dossiers/<int:pk>/propos/", views.remark, name="remark"),
]
