"""The sentence encoder: a message as one vector, and what each answer id has of it. Served without PyTorch."""

from bot.encoder.loading import NO_ENCODER, OWN_ENCODER, Encoder, encoder_fingerprint, load_encoder
from bot.encoder.small import SmallEncoder

__all__ = ["NO_ENCODER", "OWN_ENCODER", "Encoder", "SmallEncoder", "encoder_fingerprint", "load_encoder"]
