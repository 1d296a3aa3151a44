"""The Telegram channel: aiogram hears, python-telegram-bot speaks, and one wire carries both."""
