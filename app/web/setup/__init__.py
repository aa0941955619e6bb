"""The set-up pages: with these an official prepares a meeting."""

from app.web.setup.routes import ROUTES

__all__ = ["ROUTES"]
