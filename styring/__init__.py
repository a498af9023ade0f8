"""The warehouse of the steering dialogue: validate, build, audit and publish."""

from importlib.metadata import version

__version__ = version("styring")
