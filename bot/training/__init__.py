"""What `rasa train` reads beyond Rasa's own files."""
