"""The Django application of the store."""

from django.apps import AppConfig


class Store(AppConfig):
    """Workplaces, runs, designs and boards."""

    name = "klaver.web.store"
    label = "store"
