"""Addresses of the office's lists."""

from django.urls import path

from kim.importing import views

app_name = "importing"
urlpatterns = [
    path("kantor/impor/", views.batch_list, name="list"),
    path("kantor/impor/contoh.xlsx", views.example, name="example"),
    path("kantor/impor/<uuid:batch_id>/", views.batch_detail, name="detail"),
    path("kantor/impor/<uuid:batch_id>/kolom/", views.batch_map, name="map"),
    path("kantor/impor/<uuid:batch_id>/periksa/", views.batch_check, name="check"),
    path("kantor/impor/<uuid:batch_id>/baris/<int:number>/", views.row_correct, name="correct"),
    path("kantor/impor/<uuid:batch_id>/tulis/", views.batch_confirm, name="confirm"),
    path("kantor/impor/<uuid:batch_id>/berhenti/", views.batch_stop, name="stop"),
    path("kantor/impor/<uuid:batch_id>/hapus/", views.batch_discard, name="discard"),
    path("kantor/impor/<uuid:batch_id>/perlu-dibetulkan.<str:kind>", views.batch_errors, name="errors"),
]
