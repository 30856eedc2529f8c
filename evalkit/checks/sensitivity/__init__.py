"""Robust confidence sets for violations of parallel trends: the arithmetic behind `honest`."""
