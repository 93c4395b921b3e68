"""Where providers call."""

from django.urls import path

from kim.inbox import views

app_name = "inbox"
urlpatterns = [path("panggilan/whatsapp/", views.whatsapp_callback, name="whatsapp")]
