"""Telegram: own delivery on raw updates, aiogram for types, routing and sending."""
