"""What evalkit needs of the machine it runs on, and how to mend what is not there."""

from evalkit.health.examination import Examination, examine
from evalkit.health.finding import Finding

__all__ = ["Examination", "Finding", "examine"]
