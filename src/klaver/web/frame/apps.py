"""The Django application of the frame."""

from django.apps import AppConfig


class Frame(AppConfig):
    """Templates, styles and scripts that every page shares."""

    name = "klaver.web.frame"
    label = "frame"
