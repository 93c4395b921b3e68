"""One human being is one person: by phone, by e-mail or both, with every hat on one head."""

import pytest

from accounts.factories import actor, mandate, official, person
from accounts.test_account import strong
from kim.accounts import actions, queries
from kim.accounts.actor import SYSTEM
from kim.accounts.models import Person, Purpose, Role
from kim.accounts.notices import NOTICES
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed, Refused
from kim.ledger.models import Entry
from regions.factories import plant

pytestmark = pytest.mark.django_db
PHONE, EMAIL = "+6281234567890", "sari@contoh.id"
PASSWORD = "kentongan di pagi hari"


@pytest.fixture
def chair():
    who = person("Sari Contoh", pin="846291", phone=PHONE)
    mandate(who, Role.BOARD, kim_id=new_id())
    plant("35.02")
    return who


def invite(giver, **more):
    words = {"name": "Sari C.", "role": Role.AGENCY, "region": "35.02", "phone": PHONE, "email": EMAIL}
    return actions.invite(actor=giver, **words | more)


def test_a_member_who_becomes_an_official_stays_one_person_with_two_ways_in(client, chair):
    browser = strong(official(Role.REGENCY, "35.02"))
    data = {"role": "agency", "name": "Sari", "region": "35.02", "phone": "0812-3456-7890", "email": "Sari@Contoh.id"}
    went = browser.post("/kantor/petugas/", data)
    assert went.url == f"/akun/kode/{chair.pk}/?untuk=password"
    assert "memilih kata sandi" in browser.get(went.url).content.decode()
    code = actions.issue_code(chair.pk, actor=SYSTEM, purpose=Purpose.PASSWORD)
    new = {"k": code, "new": PASSWORD, "again": PASSWORD, "agree": "on"}
    assert client.post("/masuk/kode/", new).url == "/akun/petugas/"
    chair.refresh_from_db()
    assert (chair.phone, chair.email, chair.name) == (PHONE, EMAIL, "Sari Contoh")
    assert chair.check_pin("846291")
    assert {hat.role for hat in queries.actor_for(chair).hats} == {Role.BOARD, Role.AGENCY}
    assert {hat.role for hat in queries.actor_for(chair, officially=False).hats} == {Role.BOARD}


def test_an_official_who_becomes_a_village_head_gets_a_phone():
    who = official(Role.AGENCY, "35.02", email=EMAIL, password=PASSWORD)
    plant("35.02.17.1008")
    browser = strong(official(Role.REGENCY, "35.02"))
    data = {"role": "village", "name": "Sari", "region": "35.02.17.1008", "phone": "081234567890", "email": EMAIL}
    assert browser.post("/kantor/petugas/", data).url == f"/akun/kode/{who.pk}/?untuk=pin"
    assert Person.objects.get(email=EMAIL).phone == PHONE


def test_whoever_already_has_the_secret_needs_no_code(chair):
    plant("35.02.17.1008")
    data = {"role": "village", "name": "Sari", "region": "35.02.17.1008", "phone": "081234567890"}
    assert strong(official(Role.REGENCY, "35.02")).post("/kantor/petugas/", data).url == "/kantor/petugas/"
    assert not chair.codes.exists()


def test_the_person_hears_of_the_new_way_in_and_the_ledger_keeps_it_without_the_address(chair):
    invite(actor(Role.REGENCY, "35.02", name="Ibu Rini"))
    entry = Entry.objects.get(verb="person.way_added")
    assert entry.data == {"way": "surel"}
    assert [note.text for note in NOTICES["person.way_added"](entry)] == ["Ibu Rini menambahkan surel pada akun Anda."]


def test_a_phone_and_an_e_mail_of_two_persons_are_refused(chair):
    other = official(Role.AGENCY, "35.02", email=EMAIL)
    data = {"role": "agency", "name": "Sari", "region": "35.02", "phone": "081234567890", "email": EMAIL}
    page = strong(official(Role.REGENCY, "35.02")).post("/kantor/petugas/", data)
    assert "milik dua orang yang berbeda" in page.content.decode()
    assert chair.mandates.count() == other.mandates.count() == 1


@pytest.mark.parametrize("known", [{"phone": PHONE, "email": "lama@contoh.id"}, {"phone": "+628111", "email": EMAIL}])
def test_a_way_in_is_never_overwritten(known):
    plant("35.02")
    who = person("Sari Contoh", **known)
    with pytest.raises(NotAllowed, match="sudah terdaftar dengan"):
        invite(actor(Role.REGENCY, "35.02"))
    who.refresh_from_db()
    assert (who.phone, who.email) == (known["phone"], known["email"])


def test_a_hat_asks_for_the_way_in_that_opens_it(chair):
    giver = actor(Role.REGENCY, "35.02")
    with pytest.raises(NotAllowed, match="surel"):
        invite(giver, email="")
    with pytest.raises(NotAllowed, match="nomor HP"):
        invite(giver, role=Role.VILLAGE, region="35.02.17.1008", phone="", email="baru@contoh.id")
    assert not Person.objects.filter(email="baru@contoh.id").exists()


def test_nobody_adds_a_way_in_to_hats_outside_the_own_region(chair):
    mandate(chair, Role.MEMBER, "61.71.05.1001", kim_id=new_id())
    with pytest.raises(Refused, match="di luar wilayah"):
        invite(actor(Role.REGENCY, "35.02"))
    chair.refresh_from_db()
    assert chair.email is None


def test_a_password_code_is_made_by_whoever_stands_above_every_hat_a_password_opens():
    who = official(Role.AGENCY, "35.02", phone=PHONE)
    mandate(who, Role.BOARD, kim_id=new_id())
    assert actions.issue_code(who.pk, actor=actor(Role.REGENCY, "35.02"), purpose=Purpose.PASSWORD)
    mandate(who, Role.BOARD, "61.71.05.1001", kim_id=new_id())
    with pytest.raises(Refused):
        actions.issue_code(who.pk, actor=actor(Role.REGENCY, "35.02"), purpose=Purpose.PASSWORD)


def test_a_chair_helps_a_member_who_is_also_an_official_with_the_pin():
    who, kim_id = official(Role.AGENCY, "35.02", phone=PHONE), new_id()
    mandate(who, Role.MEMBER, kim_id=kim_id)
    chair = person(pin="846291")
    mandate(chair, Role.BOARD, kim_id=kim_id)
    browser = strong(chair)
    assert "memilih PIN" in browser.get(f"/akun/kode/{who.pk}/").content.decode()
    assert browser.post(f"/akun/kode/{who.pk}/").status_code == 200
    assert who.codes.get().purpose == Purpose.PIN


def test_whoever_left_can_come_back_without_the_old_hats(chair):
    actions.withdraw_consent(actor=queries.actor_for(chair))
    back = invite(actor(Role.REGENCY, "35.02"))
    assert back == chair
    assert back.is_active
    assert [hat.role for hat in queries.actor_for(back).hats] == [Role.AGENCY]


def test_an_empty_password_is_none(chair):
    chair.password = ""
    chair.save()
    data = {"role": "agency", "name": "Sari", "region": "35.02", "phone": "081234567890", "email": EMAIL}
    went = strong(official(Role.REGENCY, "35.02")).post("/kantor/petugas/", data)
    assert went.url == f"/akun/kode/{chair.pk}/?untuk=password"


def test_only_officials_are_offered_a_password(chair):
    chair.set_password(PASSWORD)
    chair.save()
    page = strong(chair).get("/akun/").content.decode()
    assert "Ganti PIN" in page
    assert "Ganti kata sandi" not in page
    assert strong(chair).get("/akun/sandi/").status_code == 404
    who = official(password=PASSWORD)
    assert "Ganti kata sandi" in strong(who).get("/akun/").content.decode()
