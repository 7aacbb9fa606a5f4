"""Klaver: an open workbench for inclusive job design."""

from importlib.metadata import version

__version__ = version("klaver")
