"""From the files of a case to the model; every problem is reported at once, with its line."""
