"""The sentence encoder: a message as one vector, and what each answer id has of it. Served without PyTorch."""
