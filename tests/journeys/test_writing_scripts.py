"""The scripts of the writing desk, in a real browser on a small phone: nothing typed is lost, nothing pasted runs."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from browser import Visitor
from journeys.phones import home, kept, phone
from kim.kernel.ids import new_id
from kim.publishing import actions as publishing
from kim.publishing.models import Article
from publishing.factories import WORDS

__all__ = ["home", "phone"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


# draft.js


def write(who: Visitor, article_id: object, kind: str = "news") -> Visitor:
    return who.opens(f"/kerja/kabar/{article_id}/tulis/?jenis={kind}")


def body(who: Visitor):
    return who.page.get_by_role("textbox", name="Isi kabar")


def test_a_text_is_saved_while_one_writes_and_is_there_after_a_reload(phone, home):
    who = write(phone(by=home.member), key := new_id())
    who.fills("Apa yang terjadi?", "Panen durian dimulai")
    body(who).press_sequentially("Warga mulai memanen. ")
    assert "Panen durian" in kept(who)
    who.sees("Tersimpan ").shoots("tersimpan")
    article = Article.objects.get(pk=key)
    assert (article.title, article.body) == ("Panen durian dimulai", "<p>Warga mulai memanen.&nbsp;</p>")
    who.page.wait_for_function("() => !localStorage.length")
    who.page.reload()
    expect(who.field("Apa yang terjadi?")).to_have_value("Panen durian dimulai")
    expect(body(who)).to_have_text("Warga mulai memanen.")
    body(who).press_sequentially("Lagi. ")
    who.sees("Tersimpan ")
    who.does_not_see("belum terkirim")
    assert Article.objects.get(pk=key).version == article.version + 1


def test_without_signal_the_phone_keeps_the_text_and_sends_it_later(phone, home):
    who = write(phone(by=home.member, expected=("ERR_INTERNET_DISCONNECTED",)), key := new_id())
    who.context.set_offline(True)
    who.fills("Apa yang terjadi?", "Ditulis di sawah").sees("Tersimpan di HP")
    assert "Ditulis di sawah" in kept(who) and not Article.objects.exists()
    who.context.set_offline(False)
    expect(who.page.get_by_role("status").filter(has_text="Tersimpan")).not_to_contain_text("di HP")
    assert Article.objects.get(pk=key).title == "Ditulis di sawah"


def test_a_text_left_behind_without_signal_is_offered_again(phone, home):
    who = write(phone(by=home.member, expected=("ERR_FAILED",)), key := new_id())
    who.page.route("**/simpan/", lambda route: route.abort())
    who.fills("Apa yang terjadi?", "Ditulis di sawah").page.locator("#id_category").select_option("pertanian")
    body(who).press_sequentially("Padi menguning.")
    who.page.goto("about:blank")
    who.page.unroute("**/simpan/")
    write(who, key).sees("Ada tulisan di HP ini yang belum terkirim.").fits().shoots("tawaran")
    who.presses("Pakai tulisan itu").sees("Tersimpan ").does_not_see("belum terkirim")
    expect(body(who)).to_have_text("Padi menguning.")
    article = Article.objects.get(pk=key)
    assert (article.title, article.body) == ("Ditulis di sawah", "<p>Padi menguning.</p>")
    assert article.category == "pertanian"


def test_when_somebody_else_has_saved_both_texts_stay(phone, home):
    article = home.draft()
    who = write(phone(by=home.member, expected=("409",)), article.pk)
    more = {"version": article.version, "form_key": new_id(), "actor": home.second}
    publishing.edit(article.pk, fields=WORDS | {"title": "Judul dari Suyatno"}, **more)
    who.fills("Apa yang terjadi?", "Judul dari Hartini").sees("Suyatno sudah menyimpan tulisan ini lebih dulu.")
    assert "Judul dari Hartini" in kept(who)
    who.presses("Simpan dan lihat hasilnya").sees("Judul dari Suyatno", "Gabungkan dulu").fits().shoots("berbeda")
    expect(who.field("Apa yang terjadi?")).to_have_value("Judul dari Hartini")
    who.presses("Simpan dan lihat hasilnya").sees_heading("Judul dari Hartini")
    titles = Article.objects.get(pk=article.pk).revisions.values_list("title", flat=True)
    assert {"Judul dari Suyatno", "Judul dari Hartini"} <= set(titles)


# editor.js


def use(who: Visitor, tool: str) -> None:
    who.page.get_by_role("group", name="Alat tulis").get_by_role("button", name=tool).click()


def test_the_writing_tools_make_clean_html(phone, home):
    who = write(phone(by=home.member), key := new_id())
    who.page.on("dialog", lambda dialog: dialog.accept("www.contoh.id/panen"))
    who.fills("Apa yang terjadi?", "Panen durian")
    text = body(who)
    text.press_sequentially("Jadwal")
    use(who, "Judul")
    expect(who.page.get_by_role("button", name="Judul")).to_have_attribute("aria-pressed", "true")
    text.press("Enter")
    text.press_sequentially("Mulai ")
    use(who, "Tebal")
    text.press_sequentially("Senin")
    use(who, "Tebal")
    text.press("Enter")
    use(who, "Daftar")
    text.press_sequentially("Pagi")
    text.press("Enter")
    text.press_sequentially("Sore")
    text.press("Enter")
    text.press("Enter")
    text.press_sequentially("Selengkapnya")
    text.press("Shift+Control+ArrowLeft")
    use(who, "Tautan")
    who.shoots("alat").presses("Simpan dan lihat hasilnya").sees("Tersimpan.")
    link = '<a href="https://www.contoh.id/panen" rel="nofollow ugc noopener">Selengkapnya</a>'
    listed = "<ul><li>Pagi</li><li>Sore</li></ul>"
    saved = Article.objects.get(pk=key).body.replace("&nbsp;", " ")
    assert saved == f"<h2>Jadwal</h2><p>Mulai <strong>Senin</strong></p>{listed}<p>{link}</p>"
    write(who, key).sees("Selengkapnya").does_not_see("belum terkirim")
    assert kept(who) == "{}"


EVIL = (
    '<meta charset="utf-8"><div style="color:red" onclick="hit=1">Dari <b>Word</b></div><img src="x" onerror="hit=1">'
    '<script>hit=1</script><p><a href="javascript:hit=1">buruk</a> <a href="https://contoh.id">baik</a></p>'
    '<svg onload="hit=1"></svg><iframe srcdoc="<script>parent.hit=1</script>"></iframe>'
)
PASTE = """(box, html) => {
  const data = new DataTransfer();
  data.setData('text/html', html);
  box.focus();
  box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_pasted_html_brings_its_words_and_nothing_that_runs(phone, home):
    who = write(phone(by=home.member), key := new_id())
    who.fills("Apa yang terjadi?", "Tempelan")
    body(who).evaluate(PASTE, EVIL)
    who.sees("Tersimpan ")
    assert who.page.evaluate("() => typeof hit") == "undefined"
    assert body(who).evaluate("box => box.querySelectorAll('script, img, svg, iframe, [style], [onclick]').length") == 0
    good = '<a href="https://contoh.id" rel="nofollow ugc noopener">baik</a>'
    assert Article.objects.get(pk=key).body == f"<p>Dari <strong>Word</strong></p><p>buruk {good}</p>"


def test_without_scripts_plain_paragraphs_are_enough(phone, home):
    who = write(phone(by=home.member, scripts=False), key := new_id())
    who.fills("Apa yang terjadi?", "Tanpa skrip").fills("Isi kabar", "Satu <b>tidak</b>.\n\nDua.")
    who.presses("Simpan dan lihat hasilnya").sees("Tersimpan.")
    assert Article.objects.get(pk=key).body == "<p>Satu &lt;b&gt;tidak&lt;/b&gt;.</p><p>Dua.</p>"


# photo.js


def test_a_large_photo_is_made_small_before_it_is_sent(phone, home, tmp_path):
    large = tmp_path / "panen.jpg"
    large.write_bytes(noisy(4000, 3000))
    assert large.stat().st_size > 3_000_000
    who = write(phone(by=home.member), key := new_id())
    who.fills("Apa yang terjadi?", "Foto panen")
    body(who).fill("Lihat fotonya.")
    who.brings("Ambil atau pilih foto", large).sees("panen.jpg", "Dikecilkan dari").fits().shoots("dikecilkan")
    who.fills("Keterangan gambar", "Durian di atas meja")
    with who.page.expect_request(lambda request: request.method == "POST" and "simpan" not in request.url) as sent:
        who.presses("Tambahkan foto ini").sees("Durian di atas meja")
    assert int(sent.value.all_headers()["content-length"]) < large.stat().st_size / 4
    upload = Article.objects.get(pk=key).photos.get().upload
    assert max(upload.width, upload.height) == 1600


def noisy(width: int, height: int) -> bytes:
    """A picture as heavy as one from a phone."""
    out = BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(out, "JPEG", quality=92)
    return out.getvalue()
