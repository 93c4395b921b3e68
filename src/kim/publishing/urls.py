"""Addresses of the desk where texts are written, and of the office that looks at them."""

from django.urls import path

from kim.publishing.views import afterwards, deciding, desk, office, releasing, writing

app_name = "publishing"
urlpatterns = [
    path("kerja/pesan/<uuid:delivery_id>/", desk.message, name="message"),
    path("kerja/kabar/", desk.articles, name="articles"),
    path("kerja/tulis/", writing.choose, name="choose"),
    path("kerja/kabar/<uuid:article_id>/", desk.article, name="article"),
    path("kerja/kabar/<uuid:article_id>/tulis/", writing.write, name="write"),
    path("kerja/kabar/<uuid:article_id>/simpan/", writing.autosave, name="autosave"),
    path("kerja/kabar/<uuid:article_id>/bahasa/", writing.language, name="language"),
    path("kerja/kabar/<uuid:article_id>/riwayat/", writing.history, name="history"),
    path("kerja/kabar/<uuid:article_id>/riwayat/<int:number>/", writing.revision, name="revision"),
    path("kerja/kabar/<uuid:article_id>/bahas/", deciding.room, name="room"),
    path("kerja/kabar/<uuid:article_id>/bahas/mulai/", deciding.discuss, name="discuss"),
    path("kerja/kabar/<uuid:article_id>/bahas/pesan/", deciding.remark, name="remark"),
    path("kerja/kabar/<uuid:article_id>/bahas/sikap/", deciding.side, name="side"),
    path("kerja/kabar/<uuid:article_id>/bahas/putuskan/", deciding.decide, name="decide"),
    path("kerja/kabar/<uuid:article_id>/periksa/", releasing.check, name="check"),
    path("kerja/kabar/<uuid:article_id>/tahan/", releasing.hold, name="hold"),
    path("kerja/kabar/<uuid:article_id>/ralat/", afterwards.correct, name="correct"),
    path("kerja/kabar/<uuid:article_id>/hak-jawab/", afterwards.reply, name="reply"),
    path("kerja/kabar/<uuid:article_id>/tarik/", afterwards.withdraw, name="withdraw"),
    path("kerja/kabar/<uuid:article_id>/pulihkan/", afterwards.restore, name="restore"),
    path("kantor/kabar/", office.articles, name="office_articles"),
    path("kantor/kabar/unduh.csv", office.export, name="office_export"),
    path("kantor/kabar/<uuid:article_id>/", office.article, name="office_article"),
    path("kantor/kabar/<uuid:article_id>/terbitkan/", office.publish, name="office_publish"),
    path("kantor/kabar/<uuid:article_id>/kembalikan/", office.give_back, name="office_return"),
    path("kantor/kabar/<uuid:article_id>/tarik/", office.withdraw, name="office_withdraw"),
    path("kantor/kabar/<uuid:article_id>/pulihkan/", office.restore, name="office_restore"),
]
