"""The shared register: what each document says of an instrument, through the years."""
