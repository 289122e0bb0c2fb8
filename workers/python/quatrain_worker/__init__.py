"""Trains models with torch for a Quatrain server. See README.md beside this package."""

__version__ = "0.1.0"
