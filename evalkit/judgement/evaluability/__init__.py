"""Evaluability: what an evaluation of an instrument could show, as it is planned now."""

from evalkit.judgement.evaluability.detectable import Detectable
from evalkit.judgement.evaluability.outlook import Outlook
from evalkit.judgement.evaluability.outlooks import outlooks

__all__ = ["Detectable", "Outlook", "outlooks"]
