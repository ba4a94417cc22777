"""Starts the private Rasa server beside the chat service and keeps it running."""
