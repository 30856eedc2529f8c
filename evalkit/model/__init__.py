"""The nouns of an evaluation: frozen records, one noun a file."""

from evalkit.model.analysis import AnalysedOutcome, Analysis
from evalkit.model.aside import Aside
from evalkit.model.budget import BudgetLine
from evalkit.model.case import Case
from evalkit.model.chain import Arrow, Chain, ChainNode, Link
from evalkit.model.compliance import Statement
from evalkit.model.contribution import CarriedOut, Contribution
from evalkit.model.contribution_claim import Claim
from evalkit.model.contribution_factor import Factor
from evalkit.model.contribution_likelihood import Likelihood
from evalkit.model.contribution_tests import EvidenceTest
from evalkit.model.datatable import DataTable
from evalkit.model.evaluability import Evaluability, Sampling
from evalkit.model.evidence import Evidence
from evalkit.model.finding import CheckFinding, Estimate, Finding
from evalkit.model.goal import Goal, Service
from evalkit.model.indicator import Indicator, Observation
from evalkit.model.instrument import Instrument, Override
from evalkit.model.investment import Agenda, Investment, Sum
from evalkit.model.label import Label
from evalkit.model.milestone import Milestone
from evalkit.model.moment import Moment
from evalkit.model.period import Period
from evalkit.model.quantity import Quantity
from evalkit.model.recommendation import Recommendation
from evalkit.model.record import Flaw, Record
from evalkit.model.registered import Registered
from evalkit.model.response import Action, Response
from evalkit.model.source import Citation, Source
from evalkit.model.stage import FIVE_STAGES, Stage
from evalkit.model.theme import Commitment, Theme
from evalkit.model.theory import ExternalFactor, PolicyTheory

__all__ = [
    "FIVE_STAGES",
    "Action",
    "Agenda",
    "AnalysedOutcome",
    "Analysis",
    "Arrow",
    "Aside",
    "BudgetLine",
    "CarriedOut",
    "Case",
    "Chain",
    "ChainNode",
    "CheckFinding",
    "Citation",
    "Claim",
    "Commitment",
    "Contribution",
    "DataTable",
    "Estimate",
    "Evaluability",
    "Evidence",
    "EvidenceTest",
    "ExternalFactor",
    "Factor",
    "Finding",
    "Flaw",
    "Goal",
    "Indicator",
    "Instrument",
    "Investment",
    "Label",
    "Likelihood",
    "Link",
    "Milestone",
    "Moment",
    "Observation",
    "Override",
    "Period",
    "PolicyTheory",
    "Quantity",
    "Recommendation",
    "Record",
    "Registered",
    "Response",
    "Sampling",
    "Service",
    "Source",
    "Stage",
    "Statement",
    "Sum",
    "Theme",
]
