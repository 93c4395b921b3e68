"""E-mail by SMTP: the digest of a day, or one urgent note. Every letter says how to stop, for people and for programs."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string

from kim.inbox.workflow import Failed, Later, Letter, Outcome, Sent, Urgency

PATIENCE = 10  # seconds, for each word of the conversation
BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def send(letter: Letter) -> Outcome:
    if not letter.address.email:
        return Failed("Alamat surel tidak ada.")
    try:
        _letter(letter).send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        is_final = all(code >= 500 for code in codes)
        return Failed("Alamat surel ditolak.") if is_final else Later("Surel ditunda penerima.", is_gateway=False)
    except smtplib.SMTPDataError as refused:
        is_final = refused.smtp_code >= 500
        return Failed("Isi surel ditolak.") if is_final else Later("Server surel minta menunggu.")
    except smtplib.SMTPAuthenticationError:
        return Later("Server surel menolak nama atau sandi kami.")
    except smtplib.SMTPException:
        return Later("Server surel menolak percakapan.")
    except OSError:
        return Later("Server surel tidak menjawab.")
    return Sent()


def subject(letter: Letter) -> str:
    """What is urgent is said in the subject; a digest says how much there is."""
    if letter.urgency != Urgency.ORDINARY and len(letter.lines) == 1:
        return " ".join(letter.lines[0].text.split())[:120]
    kind = "Ringkasan hari ini" if letter.urgency == Urgency.ORDINARY else "Kabar penting"
    return f"{kind}: {len(letter.lines)} kabar untuk Anda"


def _letter(letter: Letter) -> EmailMultiAlternatives:
    context = {"letter": letter, "title": subject(letter), "site": settings.KIM_SITE_NAME, "url": settings.KIM_BASE_URL}
    message = EmailMultiAlternatives(
        subject(letter),
        render_to_string("inbox/email.txt", context),
        settings.KIM_EMAIL_FROM,
        [letter.address.email],
        headers={
            "Message-ID": f"<{letter.id}@{settings.KIM_DOMAIN}>",  # a letter sent twice is one in the mailbox
            "List-Unsubscribe": f"<{letter.stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
        connection=get_connection(BACKEND, timeout=PATIENCE),
    )
    message.attach_alternative(render_to_string("inbox/email.html", context), "text/html")
    return message
