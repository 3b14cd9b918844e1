"""Thin doors for the broker: each task asks the database what is due, so twice, late or never does no harm."""

from celery import shared_task
from django.utils import timezone

from coaching import digests, exports, imports, outcomes, post_messages, reminders, webhooks
from coaching.due import due
from coaching.scan import chunks, scan

LOST_AFTER_S = 900  # a message older than a tick is the next tick's


@shared_task
def scan_due() -> None:
    ids = due(timezone.now())
    if not ids:
        scan((), now=timezone.now())  # a row that says: looked, found nothing to do
    for chunk in chunks(ids):
        scan_chunk.apply_async((chunk,), expires=LOST_AFTER_S)


@shared_task
def scan_chunk(client_ids: list[int]) -> None:
    now = timezone.now()
    scan(due(now, among=client_ids), now=now)


@shared_task
def measure_outcomes() -> None:
    outcomes.measure_due(timezone.now())


@shared_task
def write_due_digests() -> None:
    now = timezone.now()
    for coach in digests.due(now):
        digests.compose(coach, now=now)
    for digest_id in digests.undelivered(now):
        deliver_digest.apply_async((digest_id,), expires=LOST_AFTER_S)


@shared_task
def deliver_digest(digest_id: int) -> None:
    digests.deliver(digest_id, now=timezone.now())


@shared_task
def send_messages() -> None:
    """What somebody waits for: messages to clients, and letters that a coach asked for."""
    now = timezone.now()
    for digest_id in digests.undelivered(now):
        digests.deliver(digest_id, now=now)
    for message_id in post_messages.undelivered(now):
        post_messages.deliver(message_id, now=now)


@shared_task
def send_webhooks() -> None:
    now = timezone.now()
    webhooks.sweep(now)
    for delivery_id in webhooks.undelivered(now):
        send_webhook.apply_async((delivery_id,), expires=LOST_AFTER_S)


@shared_task
def send_webhook(delivery_id: int) -> None:
    webhooks.deliver(delivery_id, now=timezone.now())


@shared_task
def write_export(export_id: int) -> None:
    exports.write(export_id, at=timezone.now())


@shared_task
def resume_exports() -> None:
    now = timezone.now()
    exports.sweep(now)
    for export_id in exports.unwritten(now):
        write_export.apply_async((export_id,), expires=LOST_AFTER_S)


@shared_task
def send_reminders() -> None:
    now = timezone.now()
    for client in reminders.due(now):
        reminders.write(client, now=now)
    for reminder_id in reminders.undelivered(now):
        reminders.deliver(reminder_id, now=now)


@shared_task
def read_import(import_id: int) -> None:
    imports.prepare(import_id, at=timezone.now())


@shared_task
def run_import(import_id: int) -> None:
    imports.run(import_id, at=timezone.now())


@shared_task
def resume_imports() -> None:
    now = timezone.now()
    imports.sweep(now)
    for pk, state in imports.unfinished(now):
        task = run_import if state == imports.State.RUNNING else read_import
        task.apply_async((pk,), expires=LOST_AFTER_S)
