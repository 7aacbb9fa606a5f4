"""The Django application of accounts."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """Users, organisations and memberships."""

    name = "klaver.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Register what each role may do."""
        from klaver.web.accounts import permissions

        permissions.register()
