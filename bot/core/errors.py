"""The tree of errors that a person is meant to read: each says what is wrong, where, and what to do."""


class AssistantError(Exception):
    """Base of every error of this project; a command prints its message and ends with status 1."""


class ContentError(AssistantError):
    """A file under data/ can't be used: the message names the file, the key and the remedy, one a line."""


class SettingsError(AssistantError):
    """A setting of .env or the environment is missing or wrong."""


class ModelError(AssistantError):
    """The trained model is missing, can't be loaded, or can't be trained."""


class StockError(AssistantError):
    """Rasa's stock pipeline, to be compared with, is not there, can't be trained, or ended."""


class PortTakenError(AssistantError):
    """Another program listens where the assistant should."""


class RasaUnavailableError(AssistantError):
    """The private Rasa server does not answer, or not as agreed."""


class NotStoredError(AssistantError):
    """A message could not be written to the database: nothing was acknowledged."""
