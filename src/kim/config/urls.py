"""The addresses, in the order people meet them: first what most of them read."""

from django.urls import include, path

from kim.accounts.urls import officials
from kim.config import wiring
from kim.sources.urls import addresses as sources
from kim.web.urls import read_most

urlpatterns = [
    path("", include(read_most)),
    path("wilayah/", include("kim.regions.urls")),
    path("berkas/", include("kim.media.urls")),
    path("dibaca/", include("kim.reach.urls")),
    path("", include("kim.accounts.urls")),
    path("", include(officials)),
    path("", include("kim.registry.urls")),
    path("", include("kim.importing.urls")),
    path("", include(sources(wiring.take_url))),
    path("", include("kim.moderation.urls")),
    path("", include("kim.publishing.urls")),
    path("", include("kim.dissemination.urls")),
    path("", include("kim.aspirations.urls")),
    path("", include("kim.deliberation.urls")),
    path("", include("kim.clarification.urls")),
    path("", include("kim.discussion.urls")),
    path("", include("kim.inbox.urls")),
    path("", include("kim.evaluation.urls")),
    path("", include("kim.web.urls")),
]
handler400 = "kim.web.views.bad_request"
handler404 = "kim.web.views.not_found"
handler500 = "kim.web.views.server_error"
