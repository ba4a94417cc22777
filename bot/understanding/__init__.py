"""What a message means: language, danger, spelling, and one calibrated decision over all answer ids. No Rasa in it."""
