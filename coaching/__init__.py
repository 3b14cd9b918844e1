"""The composition root: settings, site map, background work, and what needs both clients and programs."""

from coaching.celery import app as celery_app

__all__ = ["celery_app"]
