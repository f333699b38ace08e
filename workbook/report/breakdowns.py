"""A month's figures by priority, by the lead's service, and by importance."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from workbook.layout import Layout
from workbook.pack import Breakdown
from workbook.plan import IMPORTANCE, Action, Plan
from workbook.report.counts import tally

NO_HEADING, NO_SERVICE, NO_LEAD = "Under no heading of the plan", "No service given", "No lead"
NO_IMPORTANCE = "No importance given"
_NOTHING = (NO_HEADING, NO_SERVICE, NO_LEAD, NO_IMPORTANCE)  # said only of actions that are highlighted


def breakdowns(plan: Plan, found: Mapping[str, str], layout: Layout) -> tuple[Breakdown, ...]:
    """Break the standings of a month down; an action counts once in each, under its first lead's service."""
    priority, importance = layout.tab_level, _importance_of
    return (
        _breakdown("priority", f"By {priority}", plan, found, layout, _priority_of(plan), _priorities(plan)),
        _breakdown("service", "By service of the first lead", plan, found, layout, _service_of(plan), _services(plan)),
        _breakdown("importance", "By importance", plan, found, layout, importance, _importances(plan)),
    )


def _breakdown(
    name: str,
    title: str,
    plan: Plan,
    found: Mapping[str, str],
    layout: Layout,
    kind_of: Callable[[Action], str],
    kinds: Iterable[str],
) -> Breakdown:
    """The tallies of each kind, in the order given, that has an action at all."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for action in plan.actions:
        standing = found.get(action.row_id)
        by_kind[kind_of(action)] += [standing] if standing else []
    shown = [kind for kind in kinds if by_kind.get(kind) or (kind in by_kind and kind not in _NOTHING)]
    tallies = tuple(tally(kind, by_kind[kind], layout) for kind in shown)
    return Breakdown(name=name, title=title, tallies=tallies)


def _priority_of(plan: Plan) -> Callable[[Action], str]:
    labels = {ref: heading_label(plan, ref) for ref in {plan.tops[action.heading] for action in plan.actions}}
    return lambda action: labels[plan.tops[action.heading]]


def heading_label(plan: Plan, ref: str) -> str:
    """A heading as a line of a table calls it: `CP1 Market Town Renewal`."""
    title = next((heading.title for heading in plan.headings_by_ref.get(ref, ()) if heading.title), "")
    known = ref in plan.headings_by_ref
    return " ".join(part for part in (ref, title) if part) if known else NO_HEADING


def _priorities(plan: Plan) -> Sequence[str]:
    labels = (heading_label(plan, plan.tops[heading.ref]) for heading in plan.headings)
    return list(dict.fromkeys((*labels, NO_HEADING)))


def _service_of(plan: Plan) -> Callable[[Action], str]:
    known = {name: person for person in plan.people for name in (person.name, person.initials) if name}

    def service(action: Action) -> str:
        if not action.lead:
            return NO_LEAD
        lead = known.get(action.lead[0])
        return (lead.service if lead else "") or NO_SERVICE

    return service


def _services(plan: Plan) -> Sequence[str]:
    return [*sorted({person.service for person in plan.people if person.service}), NO_SERVICE, NO_LEAD]


def _importance_of(action: Action) -> str:
    return " ".join(action.importance.split()).capitalize() or NO_IMPORTANCE


def _importances(plan: Plan) -> Sequence[str]:
    usual = [each.capitalize() for each in IMPORTANCE]
    others = {_importance_of(action) for action in plan.actions} - {*usual, NO_IMPORTANCE}
    return [*usual, *sorted(others), NO_IMPORTANCE]
