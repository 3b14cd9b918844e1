"""The site as the web benchmark serves it."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coaching.settings")
settings.ROOT_URLCONF = "lab.benchmarks.urls"

application = get_wsgi_application()
