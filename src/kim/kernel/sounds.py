"""Voice notes as phones make them, known by their first bytes, whatever their name says."""

_BEGINS = (
    (b"OggS", "audio/ogg"),
    (b"\x1aE\xdf\xa3", "audio/webm"),
    (b"ID3", "audio/mpeg"),
    (b"#!AMR", "audio/amr"),
)
ENDINGS = {
    "audio/ogg": "ogg", "audio/webm": "webm", "audio/mpeg": "mp3", "audio/amr": "amr", "audio/mp4": "m4a", "audio/wav": "wav",
}  # fmt: skip


def kind_of(data: bytes) -> str | None:
    """The kind of a recording, as browsers name it; nothing for what is none."""
    for begin, kind in _BEGINS:
        if data.startswith(begin):
            return kind
    if data[4:8] == b"ftyp" and data[8:11] in (b"M4A", b"mp4", b"iso", b"3gp"):
        return "audio/mp4"
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "audio/wav"
    is_mpeg = len(data) > 1 and data[0] == 0xFF and data[1] & 0xE6 in (0xE2, 0xE4, 0xE6)
    return "audio/mpeg" if is_mpeg else None
