"""Addresses of accounts. `officials` keeps allauth's own names and is mounted without a namespace; what it
does not list is not open."""

from django.urls import path

from kim.accounts.views import account, entry, people, support, told
from kim.accounts.views import officials as official

app_name = "accounts"
urlpatterns = [
    path("masuk/", entry.enter, name="enter"),
    path("masuk/kode/", entry.enter_by_code, name="enter_by_code"),
    path("masuk/demo/", entry.enter_demo, name="enter_demo"),
    path("keluar/", entry.leave, name="leave"),
    path("akun/", account.account, name="account"),
    path("akun/peran/", account.switch_hat, name="switch_hat"),
    path("akun/pin/", account.change_pin, name="change_pin"),
    path("akun/sandi/", account.change_password, name="change_password"),
    path("akun/keluar-semua/", account.sign_out_everywhere, name="sign_out_everywhere"),
    path("akun/berhenti/", account.withdraw, name="withdraw"),
    path("akun/data.json", account.own_data, name="own_data"),
    path("akun/kabar/", told.told, name="told"),
    path("akun/kabar/notifikasi/", told.push_open, name="push_open"),
    path("akun/kabar/berhenti/<str:token>/", told.way_stop, name="way_stop"),
    path("akun/kabar/<slug:channel>/nyala/", told.way_open, name="way_open"),
    path("akun/kabar/<slug:channel>/mati/", told.way_close, name="way_close"),
    path("akun/kode/<uuid:person_id>/", people.code, name="code"),
    path("akun/tugas/<uuid:mandate_id>/akhiri/", people.end_mandate, name="end_mandate"),
    path("akun/dukungan/", support.support, name="support"),
    path("akun/dukungan/tutup/", support.support_close, name="support_close"),
    path("kantor/petugas/", people.officials, name="officials"),
    path("kantor/petugas/<uuid:person_id>/faktor/", people.drop_second_factor, name="drop_second_factor"),
]

officials = [
    path("masuk/petugas/", official.enter, name="account_login"),
    path("masuk/petugas/kode/", official.second_factor, name="mfa_authenticate"),
    path("masuk/petugas/kunci/", official.enter_by_passkey, name="mfa_login_webauthn"),
    path("masuk/petugas/nonaktif/", official.inactive, name="account_inactive"),
    path("masuk/sso/<slug:provider_id>/", official.single_sign_on, name="openid_connect_login"),
    path("masuk/sso/<slug:provider_id>/kembali/", official.single_sign_on_return, name="openid_connect_callback"),
    path("akun/petugas/", official.factors, name="mfa_index"),
    path("akun/petugas/aplikasi/", official.authenticator, name="mfa_activate_totp"),
    path("akun/petugas/aplikasi/hapus/", official.authenticator_remove, name="mfa_deactivate_totp"),
    path("akun/petugas/kunci/", official.passkey, name="mfa_add_webauthn"),
    path("akun/petugas/kunci/<int:pk>/hapus/", official.passkey_remove, name="mfa_remove_webauthn"),
    path("akun/petugas/cadangan/", official.recovery_codes, name="mfa_view_recovery_codes"),
    path("akun/petugas/cadangan/baru/", official.recovery_codes_renew, name="mfa_generate_recovery_codes"),
    path("akun/petugas/ulang/", official.again_password, name="account_reauthenticate"),
    path("akun/petugas/ulang/kode/", official.again_code, name="mfa_reauthenticate"),
    path("akun/petugas/ulang/kunci/", official.again_passkey, name="mfa_reauthenticate_webauthn"),
]
