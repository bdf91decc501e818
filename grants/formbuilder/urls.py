from django.urls import path

from grants.formbuilder import views

app_name = "formbuilder"
urlpatterns = [
    path("<int:pk>/", views.form, name="form"),
    path("<int:pk>/reprendre/", views.adopt, name="adopt"),
    path("<int:pk>/apercu/", views.preview, name="preview"),
    path("<int:pk>/essai/", views.sample, name="sample"),
    path("<int:pk>/versions/", views.versions, name="versions"),
    path("<int:pk>/sections/", views.new_section, name="new_section"),
    path("<int:pk>/sections/<slug:key>/", views.section, name="section"),
    path("<int:pk>/questions/", views.new_question, name="new_question"),
    path("<int:pk>/questions/<slug:key>/", views.question, name="question"),
    path("<int:pk>/deplacer/", views.move, name="move"),
    path("<int:pk>/retirer/", views.remove, name="remove"),
    path("<int:pk>/remettre/", views.restore, name="restore"),
    path("<int:pk>/publier/", views.publish, name="publish"),
    path("<int:pk>/abandonner/", views.discard, name="discard"),
    path("<int:pk>/reconduire/", views.clone, name="clone"),
]
