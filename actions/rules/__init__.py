"""Pure rules: values in, values out. Nothing here reads a file, a clock, a database or a network."""
