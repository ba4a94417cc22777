"""Pure rules and types: values in, values out. Nothing here reads a file, a clock or a network."""
