"""Addresses of the sources of an office."""

from django.urls import URLPattern, path

from kim.sources import views


def addresses(take_url: views.TakeUrl) -> tuple[list[URLPattern], str]:
    """`take_url` says where a suggestion becomes something else, and is handed in from above; None: nowhere yet."""
    hook = {"take_url": take_url}
    return [
        path("kantor/sumber/", views.source_list, name="list"),
        path("kantor/sumber/tambah/", views.source_add, name="add"),
        path("kantor/sumber/periksa/", views.source_check, name="check"),
        path("kantor/sumber/<uuid:source_id>/matikan/", views.source_switch_off, name="switch_off"),
        path("kantor/sumber/<uuid:source_id>/nyalakan/", views.source_switch_on, name="switch_on"),
        path("kantor/sumber/usulan/", views.item_list, hook, name="items"),
        path("kantor/sumber/usulan/<uuid:item_id>/", views.item_detail, hook, name="item"),
        path("kantor/sumber/usulan/<uuid:item_id>/lewati/", views.item_pass_over, name="pass_over"),
        path("kantor/sumber/usulan/<uuid:item_id>/kembalikan/", views.item_put_back, name="put_back"),
    ], "sources"
