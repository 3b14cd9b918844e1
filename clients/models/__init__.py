"""Who the clients are, how they are, and what was said and done about it."""

from clients.models.checkin import Checkin
from clients.models.digest import Digest
from clients.models.export import Export
from clients.models.flag import Action, Flag
from clients.models.history import Change
from clients.models.injury import Injury
from clients.models.message import Message
from clients.models.people import ApiToken, Client, Coach, Consent, Invitation, Practice, User
from clients.models.phone import Phone
from clients.models.readiness import Overrule
from clients.models.reminder import Reminder
from clients.models.scan import ScanRun
from clients.models.webhook import Delivery, Webhook

__all__ = [
    "Action",
    "ApiToken",
    "Change",
    "Checkin",
    "Client",
    "Coach",
    "Consent",
    "Delivery",
    "Digest",
    "Export",
    "Flag",
    "Injury",
    "Invitation",
    "Message",
    "Overrule",
    "Phone",
    "Practice",
    "Reminder",
    "ScanRun",
    "User",
    "Webhook",
]
