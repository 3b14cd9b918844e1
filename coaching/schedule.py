"""The timetable of the background work: one screen. What is due stands in the database; a tick only asks."""

from celery.schedules import crontab

SCHEDULE = {
    # Clients with something new, and those whose next day has come. A tick that is lost is made up by the next.
    "scan-due": {
        "task": "coaching.tasks.scan_due",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 900},
    },
    # Coaches have an hour of their own time zone; some zones are off by a quarter of an hour.
    "write-due-digests": {
        "task": "coaching.tasks.write_due_digests",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 300},
    },
    # What coaches wrote to clients, once Undo has had its moment.
    "send-messages": {
        "task": "coaching.tasks.send_messages",
        "schedule": crontab(),
        "options": {"expires": 60},
    },
    # Flags that opened or were resolved, told to those who asked to hear of it by machine.
    "send-webhooks": {
        "task": "coaching.tasks.send_webhooks",
        "schedule": crontab(),
        "options": {"expires": 60},
    },
    # Clients have an hour of their own day.
    "send-reminders": {
        "task": "coaching.tasks.send_reminders",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 300},
    },
    # Files that a worker left half read; uploads that nobody imported.
    "resume-imports": {
        "task": "coaching.tasks.resume_imports",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 300},
    },
    # Bundles that a worker left half written; those of yesterday.
    "resume-exports": {
        "task": "coaching.tasks.resume_exports",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 300},
    },
    # Four weeks after an action, at a quiet minute of each hour.
    "measure-outcomes": {
        "task": "coaching.tasks.measure_outcomes",
        "schedule": crontab(minute=50),
        "options": {"expires": 3600},
    },
}
