"""The rules on the mix, one a file, in the order in which they are read."""

from evalkit.judgement.mix.reading import Rule
from evalkit.judgement.mix.rules.cost_average import cost_average
from evalkit.judgement.mix.rules.cost_open import cost_open
from evalkit.judgement.mix.rules.coverage_after import coverage_after
from evalkit.judgement.mix.rules.coverage_blank import coverage_blank
from evalkit.judgement.mix.rules.coverage_gap import coverage_gap
from evalkit.judgement.mix.rules.coverage_money import coverage_money
from evalkit.judgement.mix.rules.coverage_outside import coverage_outside
from evalkit.judgement.mix.rules.coverage_trend import coverage_trend
from evalkit.judgement.mix.rules.coverage_weight import coverage_weight
from evalkit.judgement.mix.rules.money_apart import money_apart
from evalkit.judgement.mix.rules.money_total import money_total
from evalkit.judgement.mix.rules.money_unknown import money_unknown
from evalkit.judgement.mix.rules.money_years import money_years
from evalkit.judgement.mix.rules.overlap_elsewhere import overlap_elsewhere
from evalkit.judgement.mix.rules.overlap_goals import overlap_goals
from evalkit.judgement.mix.rules.overlap_money import overlap_money
from evalkit.judgement.mix.rules.overlap_parts import overlap_parts
from evalkit.judgement.mix.rules.overlap_result import overlap_result
from evalkit.judgement.mix.rules.progress_open import progress_open
from evalkit.judgement.mix.rules.progress_pace import progress_pace
from evalkit.judgement.mix.rules.reach_group import reach_group
from evalkit.judgement.mix.rules.reach_targets import reach_targets
from evalkit.judgement.mix.rules.reach_unaimed import reach_unaimed
from evalkit.judgement.mix.rules.time_lineage import time_lineage
from evalkit.judgement.mix.rules.time_orphan import time_orphan
from evalkit.judgement.mix.rules.time_running import time_running
from evalkit.judgement.mix.rules.time_starts import time_starts
from evalkit.judgement.mix.rules.time_stops import time_stops
from evalkit.judgement.mix.rules.time_uncertain import time_uncertain

RULES: tuple[Rule, ...] = (
    coverage_weight, coverage_blank, coverage_gap, coverage_after, coverage_trend, coverage_money,
    coverage_outside,
    time_running, time_starts, time_stops, time_lineage, time_orphan, time_uncertain,
    overlap_parts, overlap_goals, overlap_result, overlap_elsewhere, overlap_money,
    money_total, money_years, money_unknown, money_apart,
    cost_average, cost_open,
    progress_pace, progress_open,
    reach_targets, reach_unaimed, reach_group,
)  # fmt: skip
