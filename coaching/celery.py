"""The Celery app. What is due is written in the database; the broker only carries reminders."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coaching.settings")

app = Celery("reserve")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["coaching"])
