"""What the assistant does for a customer of its own: the rules of the contract and the actions that use them."""
