"""The assistant: what the browser reaches, what Rasa runs, and the commands around them."""
