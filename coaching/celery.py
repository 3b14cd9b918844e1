"""The Celery app. What is due is written in the database; the broker only carries reminders."""

import os
import sys
from pathlib import Path

from celery import Celery

_ROOT = str(Path(__file__).resolve().parent.parent)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coaching.settings")

# Celery puts the folder that one stands in before every other: a csv.py that lies there would be run as ours.
_path = list(sys.path)
app = Celery("reserve")
sys.path[:] = [*_path, _ROOT]
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["coaching"])
