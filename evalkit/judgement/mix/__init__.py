"""The policy mix: how instruments and money stand on the rungs, over the goals and in time."""

from evalkit.judgement.mix.budget import total_budget
from evalkit.judgement.mix.finding import Fact, MixFinding
from evalkit.judgement.mix.findings import MixFindings, mix_findings
from evalkit.judgement.mix.verdict import MixVerdict, mix_verdict
from evalkit.judgement.umbrella import umbrellas

__all__ = [
    "Fact", "MixFinding", "MixFindings", "MixVerdict",
    "mix_findings", "mix_verdict", "total_budget", "umbrellas",
]  # fmt: skip
