"""Rasa's graph components: each only translates between Rasa's messages and `bot.understanding`."""
