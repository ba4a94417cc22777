"""The trained model: where it lies, whether it is fresh, how it is trained and asked."""
