"""The four gateways behind one small promise: a letter goes in; Sent, Later or Failed comes out, never an exception's text."""

from kim.inbox.adapters import email, push, sms, whatsapp
from kim.inbox.workflow import Adapter, Channel

ADAPTERS: dict[str, Adapter] = {
    Channel.PUSH: push.send,
    Channel.WHATSAPP: whatsapp.send,
    Channel.SMS: sms.send,
    Channel.EMAIL: email.send,
}
