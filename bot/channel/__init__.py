"""Rasa's private side: the channel that the chat service talks to, and the choice of the response's language."""
