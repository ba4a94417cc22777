"""The commands of `python -m actions`, one a file."""
