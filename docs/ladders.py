"""Make docs/ladders.md from the profiles: every ladder with its rules, and the crosswalk.

``python docs/ladders.py`` writes the page. Whoever adds a ladder writes no page; a test compares
what is committed with what this makes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evalkit.judgement.crosswalk import crosswalk
from evalkit.judgement.ladder import Ladder
from evalkit.judgement.profile import ladder_names, load_ladder, scales

TARGET = Path(__file__).parent / "ladders.md"
HEAD = """# Ladders of evidence

Made by `docs/ladders.py` from `evalkit/ladders/*.yaml`; change a profile, not this page.

A ladder is a file with its publisher, edition, rungs and rules. An instrument stands on the highest
rung of which the rule, and every rule below it, is met, or on the lowest limit that applies. What
stands in the published ladder is marked *published*; everything else is a proposal of evalkit.

Published ladders disagree: a difference-in-differences study is rung 3 on the Maryland scale as
What Works Growth applies it and can reach rung 4 of the effect ladder. So a level is never given
without the ladder and its edition.
"""
CHOICES = """## Choices

Where a published ladder leaves room, these are the choices of the profiles, and why.

- **A comparison group must be shown to be alike** before it carries a causal rung of the effect
  ladder: matched, or with earlier trends that were tested. It is the same assumption that a
  difference-in-differences study has to test, under another name. The same goes for a synthetic
  control, and for an interrupted series that is set against another series.
- **A threshold and an instrumental variable have assumptions of their own.** Until it is on record
  that they were examined, such a study carries rung 3: of a threshold that participants could not
  choose their side (`manipulation`), of a variable that it moves participation (`weak instrument`)
  and touches the outcome in no other way (`exclusion`). Tested assumptions are `handled`, failed
  ones `not handled`; an argument counts as a test where none can be made.
- **Who spoke must be on record.** A study of which it is unknown where its authors stand carries
  rung 2 of the effect ladder; beside an independent measurement, rung 3.
- **A study about what was planned, or from before the start, says nothing of the result.** A plan
  stays on what is described and underpinned. A remark that it is too early, or a plan on paper,
  does not undo a finding that is there. What was said or described before the start sets no
  direction, is no experience, and shows neither execution nor output nor costs; where it would
  have counted, the reasons say so. It may underpin a link, as literature does.
- **A missing year hides nothing.** Evidence of no year is as old as its source. When that has none
  either, nobody can tell whether it is of before the start or has expired: it counts, the reasons
  say what cannot be told, and the audit asks for the year.
- **Weaker evidence that disagrees is named.** The strongest kind of evidence sets the direction;
  what measured the outcome less well, or comes from someone independent, and finds something else
  stands beside it in a reason. A target that was missed is no other finding on the effect. One
  study with a mixed finding contradicts nobody.
- **The executor's own word never lowers a rung.** Rung 2 rests on theory and literature, so claims
  on top of it cap the rung at 2; below it they do not count.
- **Evidence carries a link only when it is about what the link leads to.** That a norm was reached
  or that a count rose does not say why, so it carries no link.
- **Studies find the same when none of them contradicts it,** and one work under two keys is one.
- **Independent on execution means studied.** A sentence by an independent author that it went well,
  or a description without a design, is a report; a comparison with the plan, a count, or talks with
  more than those involved is a study. What people would have done without the instrument is no
  finding on how it was carried out, nor a count of its output.
- **What only those involved said sets no direction,** whoever wrote it down: that the interviewer
  is independent does not make what was said so. It is printed as an experience, with where it was
  recorded. A limit names those who spoke: when the executor counts and the researchers name the
  target, the executor. What a document quotes and what it heard itself is one voice.
- **A conclusion without its method sets no direction,** favourable or not, however independent its
  author: `design: description` says that it is not on record how the finding was made. It is
  printed with its source and the reason why it decides nothing. So evaluations that are known only
  by a sentence elsewhere are coded alike, whatever they found; once their design is on record, that
  design decides.
- **What was only quoted is read first.** Where a conclusion rests on a source that was read only as
  another work gives it (`a, geciteerd in b`), opening it is the first step up. A talk cannot be
  opened. After the step the one that lifts the next limit is printed.
- **The published rung 1 asks for the conditions too.** A case has no field that holds them apart,
  so which parts are asked for (goal, target group, activities) is a proposal.
- **Where it was only inquired what would have been done without it, rung 2 is the highest.**
  Nothing then carries rung 3, and the sentence says what such an answer is about. What rejected
  applicants did is evidence on the link it bears on, and no node of the chain: nobody rejected got
  the money.
- **An instrument that runs, has ended or delivered something is no plan,** whatever documents of
  before the start are on record. Two reasons why the outcome cannot be told yet are two, also
  where one label says both.
- **A document that was only consulted does not expire,** since nothing rests on it.
- **Reported is not counted.** Output that a description mentions as delivered is reported, also
  when it does not say whether that was much; a count, a survey or a number with a source is
  counted. Numbers that a case calls `comparable: false` are not compared.
- **Costs and output stand side by side** when they are of the same years, or when the whole budget
  delivered what it was meant to. Where less was delivered, part of the budget may be left, so that
  it is no cost: what was spent must be known first. Else the budget is known and the reason is
  printed why no more is. `no_budget` says that a source denies a budget, which is more than that
  none is on record.
- **The next step is the cheapest, and begins where most depends on it.** The steps of a ladder
  stand from cheap to costly, and the first that applies is printed. When many links lack support,
  each costs the same to look up, so it begins with a step between effects, the nearest to the
  outcome; of these one of which nothing was found yet, then the one that most of the chain runs
  through, then the first in the case.
- **Level and direction are doubted apart.** Each piece of evidence and each source that underpins
  links is left out in turn, and the level and the direction are read anew. A document that was only
  consulted is not: nothing rests on it.
- **Numbers on an outcome count when they have a source** and, to show a change, lie on both sides
  of the start.
- **On the Maryland scale the best study decides,** and a threat that was not dealt with costs a
  point; trends, thresholds and variables that nobody tested are named and cost nothing, as the
  method sets the score.
- **Direction stays out of the level,** also on Nesta's standards, which speak of a favourable
  change: a sound study that finds nothing is as strong as one that finds something.
"""
CROSSWALK = """## Crosswalk

The same evidence on each ladder. Nothing is aligned by hand: each row is a specimen in
`evalkit/ladders/specimens.yaml`, scored by the rules of each profile. Unless it says otherwise, a
specimen is of an instrument that is described, with links that an independent source supports, and
the evidence is independent and about the outcome.
"""


def page() -> str:
    """Write the page."""
    ladders = [load_ladder(name) for name in ladder_names()]
    parts = [HEAD, CHOICES, CROSSWALK, *_crosswalk(ladders)]
    for ladder in ladders:
        parts += list(_ladder(ladder))
    parts.append(
        "## Scales for what is no effect\n\n"
        "The activities, the output and the efficiency of an instrument are placed apart, on "
        "scales of evalkit in the same form.\n"
    )
    for scale in scales():
        parts += list(_ladder(scale))
    return "\n".join(parts)


def _crosswalk(ladders: list[Ladder]) -> Iterator[str]:
    found = crosswalk(tuple(ladders))
    head = " | ".join(f"`{name}`" for name in found.ladders)
    yield f"| Evidence | {head} |\n|---|{'---:|' * len(ladders)}"
    for row in found.rows:
        levels = " | ".join(str(row.levels[name]) for name in found.ladders)
        yield f"| {row.name['en']} | {levels} |"
    yield ""
    first, *others = ladders
    yield (
        f"Read by rung of `{first.name}`: between which rungs of the others its evidence stands. A "
        "wide span is a true difference: the Maryland scale does not ask who did the research.\n"
    )
    yield f"| Rung | {' | '.join(f'`{other.name}`' for other in others)} |"
    yield f"|---|{'---:|' * len(others)}"
    for rung in first.rungs:
        spans = (found.alike(first.name, rung.level, other.name) for other in others)
        yield f"| {rung.level} {rung.label['en']} | {' | '.join(map(_span, spans))} |"
    yield ""


def _span(span: tuple[int, int] | None) -> str:
    if span is None:
        return "–"
    return str(span[0]) if span[0] == span[1] else f"{span[0]}–{span[1]}"


def _ladder(ladder: Ladder) -> Iterator[str]:
    level = "##" if ladder.of == "outcome" else "###"
    yield f"{level} {ladder.title['en']} (`{ladder.name}`)\n"
    yield f"{ladder.publisher}; {ladder.edition['en']}. {ladder.derived_from['en']}"
    yield f"\n{ladder.note['en']}\n"
    yield from (f"- {reference}" for reference in ladder.references)
    yield f"\nEvidence counts as expired after {ladder.shelf_life} years.\n"
    yield "| Rung | Called | Must have | Origin |\n|---:|---|---|---|"
    for rung in ladder.rungs:
        cells = (rung.level, rung.label["en"], rung.must_have["en"], rung.origin)
        yield f"| {' | '.join(map(str, cells))} |"
    yield "\n| Rule | Rung | What it says | Origin |\n|---|---:|---|---|"
    for base in ladder.bases:
        yield f"| `{base.id}` | {base.level} | {_text(base.text['en'])} | {base.origin} |"
    yield "\n| Limit | Highest rung | What it says | Origin |\n|---|---:|---|---|"
    for cap in ladder.caps:
        yield f"| `{cap.id}` | {cap.level} | {_text(cap.text['en'])} | {cap.origin} |"
    yield ""


def _text(sentence: str) -> str:
    """Name the slots of a sentence as what will stand there."""
    return sentence.replace("{", "⟨").replace("}", "⟩").replace("_", " ").replace("|", "\\|")


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
