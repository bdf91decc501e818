from django.urls import path

from grants.formbuilder import views

app_name = "formbuilder"
urlpatterns = [
    path("<int:pk>/reprendre/", views.adopt, name="adopt"),
]
