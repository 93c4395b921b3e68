"""The workbook an office may start from. Every name in it is invented."""

from kim.importing.models import Column
from kim.kernel.spreadsheet import Grid

_COLUMNS = (
    Column.KIM_NAME, Column.VILLAGE, Column.DISTRICT, Column.CHAIR, Column.PHONE, Column.SECRETARY, Column.TREASURER,
    Column.MEMBER_COUNT, Column.DECREE_NUMBER, Column.DECREE_DATE, Column.DECREE_UNTIL, Column.DECREE_OFFICE,
    Column.SECRETARIAT, Column.FOUNDED, Column.SOCIAL,
)  # fmt: skip

EXAMPLE: Grid = [
    [column.label for column in _COLUMNS],
    ["KIM Contoh Satu", "Desa Ngebel", "Ngebel", "Sari Contoh", "0812 0000 0001", "Budi Contoh", "Wati Contoh", "15",
     "489/01/CONTOH/2022", "12 Januari 2022", "12 Januari 2027", "Kepala Desa Ngebel", "Balai Desa Ngebel", "2019",
     "instagram @kimcontohsatu"],
    ["KIM Contoh Dua", "Kel. Bangunsari", "Ponorogo", "Joko Contoh", "0812 0000 0002", "", "", "12",
     "489/02/CONTOH/2023", "3/4/2023", "", "Lurah Bangunsari", "", "", ""],
]  # fmt: skip

NOTES: Grid = [
    ["Kolom", "Cara mengisi"],
    [Column.KIM_NAME.label, "Wajib. Nama seperti di SK."],
    [Column.VILLAGE.label, "Wajib. Nama desa atau kelurahan; kode resmi juga boleh, misalnya 35.02.17.1008."],
    [Column.DISTRICT.label, "Isi bila ada desa yang namanya sama di kecamatan lain."],
    [Column.PHONE.label, "Nomor HP ketua. Dipakai untuk memberi kode masuk pertama; tidak ditampilkan untuk umum."],
    [Column.MEMBER_COUNT.label, "Dicatat sebagai keterangan. Nama anggota diisi sendiri oleh KIM nanti."],
    [Column.DECREE_DATE.label, "Boleh 12 Januari 2022, 12/1/2022, atau tanggal Excel."],
    ["Kolom lain", "Boleh kosong, boleh dihapus, dan urutannya bebas. Jangan tulis NIK; kami tidak menyimpannya."],
]
