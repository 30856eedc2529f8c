"""Dutch and English: numbers, labels and hints."""
