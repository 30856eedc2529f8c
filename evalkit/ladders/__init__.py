"""Evidence ladders and compliance regimes: data, each with its source and edition."""
