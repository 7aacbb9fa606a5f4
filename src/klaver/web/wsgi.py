"""The workbench as a WSGI application, for ``klaver serve`` or a server of the house."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klaver.web.settings")
application = get_wsgi_application()
