"""The WSGI door that the server opens."""

import atexit
import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# What is loaded now lives as long as the process; the collector need not walk it again.
gc.collect()
gc.freeze()
atexit.register(gc.unfreeze)  # at the end everything is let go in order
