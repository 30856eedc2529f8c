"""Contribution analysis: did the instrument make a difference, among other causes."""

from evalkit.judgement.contribution.build import contribution_of, contributions
from evalkit.judgement.contribution.claims import ClaimReading
from evalkit.judgement.contribution.conclusion import Conclusion
from evalkit.judgement.contribution.conditions import Condition
from evalkit.judgement.contribution.gaps import Gap
from evalkit.judgement.contribution.matrix import Matrix
from evalkit.judgement.contribution.rivals import FactorReading, Register
from evalkit.judgement.contribution.story import ContributionStory

__all__ = [
    "ClaimReading",
    "Conclusion",
    "Condition",
    "ContributionStory",
    "FactorReading",
    "Gap",
    "Matrix",
    "Register",
    "contribution_of",
    "contributions",
]
