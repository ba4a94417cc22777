"""How well the assistant understands: scores, tables and pictures."""
