from django.urls import path

from grants.votes import views

app_name = "votes"
urlpatterns = [
    path("<int:pk>/", views.vote, name="vote"),
    path("<int:pk>/rapport/", views.report, name="report"),
    path("<int:pk>/rapport.pdf", views.pdf, name="pdf"),
    path("<int:pk>/deports/", views.recuse, name="recuse"),
    path("<int:pk>/reprendre/", views.reopen, name="reopen"),
    path("<int:pk>/retirer/", views.adjourn, name="adjourn"),
    path("amendements/<int:pk>/", views.amend, name="amend"),
    path("amendements/<int:pk>/retirer/", views.cancel_amendment, name="cancel_amendment"),
    path("deports/<int:pk>/retirer/", views.cancel_recusal, name="cancel_recusal"),
]
