"""The JSON documents that commands print, as the contract has them: plain data, made of what the verbs give."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbook.corporate import Corporate, Figures, Summary
    from workbook.findings import Finding
    from workbook.layout import Layout
    from workbook.merge import Merged
    from workbook.months import Month
    from workbook.pack import Exceptional, Movement, Pack, Rescheduled, Tally
    from workbook.plan import Action, Plan
    from workbook.reading import Reading
    from workbook.report.counts import Counts
    from workbook.rollover import RolledOver
    from workbook.verbs import Checked, History, Status

# What is slow to import is imported where it is used, so that `--help` is instant.
# ruff: noqa: PLC0415


def status_json(standing: "Status") -> dict[str, Any]:
    """The status as the contract prints it."""
    counts = standing.counts
    return {
        "month": str(counts.month),
        **_numbers(counts),
        "sentence": counts.sentence,
        "returned": list(standing.returned),
        "outstanding": list(standing.outstanding),
        "not_reported": _rows(counts.unreported),
        "unanswered": [
            {**_row(each.action), "recipients": list(each.recipients), "why": each.why} for each in standing.unanswered
        ],
        "complete": _rows(counts.complete),
        "awaiting_approval": _rows(action for action, _ in standing.awaiting),
        "queries": len(standing.queries),
        "completion": {
            "of": counts.completion.of,
            "complete": counts.completion.complete,
            "percent": float(counts.completion.percent),
        },
        "months": [_tally(each, "month") for each in standing.months],
        "by": {each.name: [_tally(one, each.name) for one in each.tallies] for each in standing.breakdowns},
        "delayed": [
            {**_row(delay.action), "status": delay.status, "holds_up": _rows(delay.holds_up)}
            for delay in standing.delays
        ],
    }


def pack_json(told: "Pack", standing: "Status", output: str, pdf: str | None) -> dict[str, Any]:
    """The status of the month, and what else the board pack tells."""
    whole = told.whole
    return {
        "pack": output,
        "pdf": pdf,
        **status_json(standing),
        "exceptions": [_exception(each) for each in whole.exceptions],
        "movement": _movement(whole.movement) if whole.movement else None,
        "schedule": [_rescheduled(each) for each in whole.schedule],
        "completed": [{**_row(each.action), "since": _month(each.since)} for each in whole.completed],
        "coming": [_row(each.action) for each in whole.coming] if whole.coming is not None else None,
    }


def _tally(tally: "Tally", called: str) -> dict[str, Any]:
    return {called: tally.label, **_numbers(tally)}


def _numbers(found: "Counts | Figures | Tally") -> dict[str, Any]:
    return {
        "highlighted": found.highlighted,
        "counts": dict(found.counts),
        "percent": {key: float(value) for key, value in found.percent.items()},
    }


def _exception(each: "Exceptional") -> dict[str, Any]:
    return {
        **_row(each.action),
        "standing": each.standing,
        "month": str(each.month),
        "months": each.months,
        "original": _month(each.original),
        "revised": _months(each.revised),
        "proposed": each.proposed,
        "why": each.why,
    }


def _movement(moved: "Movement") -> dict[str, Any]:
    return {
        "before": str(moved.before),
        "was": _tally(moved.was, "month"),
        "now": _tally(moved.now, "month"),
        "same": moved.same,
        "moved": [{**_row(each.action), "was": each.was, "now": each.now} for each in moved.moves],
        "sentence": moved.sentence,
    }


def _rescheduled(each: "Rescheduled") -> dict[str, Any]:
    from dataclasses import asdict

    return {
        **_row(each.action),
        "status": each.status,
        "what": each.what,
        "months": _months(each.months),
        "old": _months(each.old),
        "new": _months(each.new),
        "approval": asdict(each.approval) if each.approval else None,
    }


def _month(month: "Month | None") -> str | None:
    return str(month) if month else None


def _months(months: Iterable["Month"]) -> list[str]:
    return [str(month) for month in months]


def plan_json(plan: "Plan") -> dict[str, Any]:
    """Which plan it is."""
    edition = str(plan.edition) if plan.edition else None
    return {"plan_id": plan.plan_id, "title": plan.title, "organisation": plan.organisation, "edition": edition}


def rollup_json(corporate: "Corporate", summary: "Summary", findings: Iterable["Finding"]) -> dict[str, Any]:
    """The summary of a corporate copy, and what was found in its masters."""
    return {
        "title": corporate.title,
        "plans": [
            {**plan_json(part.plan), "layout": part.layout.name, "file": part.file, **_figures(line)}
            for part, line in zip(corporate.parts, summary.lines, strict=True)
        ],
        "total": _figures(summary.total),
        "findings": [each.to_json() for each in findings],
    }


def _figures(line: "Figures") -> dict[str, Any]:
    return {
        "month": _month(line.month),
        "actions": line.actions,
        **_numbers(line),
        **({"sentence": line.sentence} if line.sentence else {}),
        "returned": list(line.returned),
        "outstanding": list(line.outstanding),
    }


def _rows(actions: Iterable["Action"]) -> list[dict[str, str]]:
    return [_row(action) for action in actions]


def _row(action: "Action") -> dict[str, str]:
    return {"row_id": action.row_id, "ref": action.ref}


def history_json(told: "History", plan: "Plan") -> dict[str, Any]:
    """The editions, and each action's life."""
    from dataclasses import asdict

    def plain(item: Any) -> dict[str, Any]:
        said = asdict(item)
        return {**said, "month": str(said["month"]) if said["month"] else None}

    def action(row_id: str) -> dict[str, Any]:
        known = plan.by_row_id.get(row_id)
        return {"row_id": row_id, "ref": known.ref if known else None, "action": known.action if known else None}

    return {
        "editions": [plain(each) for each in told.editions],
        "actions": [
            {**action(row_id), "events": [plain(each) for each in events]} for row_id, events in told.lives.items()
        ],
    }


def checked_json(checked: Sequence["Checked"]) -> dict[str, Any]:
    """What was read and found, file by file, as the contract prints it."""
    from workbook.findings import count

    found = [each for one in checked for each in one.findings]
    return {
        "files": [_reading(one.reading, one.findings) for one in checked],
        "errors": count(found, "error"),
        "queries": count(found, "query"),
    }


def _reading(reading: "Reading", findings: Iterable["Finding"]) -> dict[str, Any]:
    from workbook.plan import value_of

    return {
        "file": reading.file,
        "read": reading.read,
        "plan": reading.baseline.title if reading.baseline else None,
        "month": str(reading.month) if reading.month else None,
        "recipient": reading.recipient or None,
        "rows": len(reading.actions),
        "actions": [
            {
                "row_id": action.issued.row_id,
                "ref": action.issued.ref,
                "matched_by": action.matched_by,
                "progress": {
                    str(month): said.value
                    for (name, month), said in action.said.items()
                    if name == "progress" and said.value is not None
                },
                "note": action.value("note") or "",
                "fields": {
                    name: said.value
                    for (name, _), said in action.said.items()
                    if name not in ("progress", "note") and said.value != value_of(action.issued, name)
                },
            }
            for action in reading.actions
        ],
        "findings": [each.to_json() for each in findings],
    }


def merged_json(merged: "Merged", findings: Iterable["Finding"]) -> dict[str, Any]:
    """What came of a merge, as the contract prints it."""
    return {
        "merged": list(merged.merged),
        "unread": list(merged.unread),
        "applied": len(merged.applied),
        "unchanged": merged.unchanged,
        "conflicts": [
            {
                "row_id": each.row_id,
                "ref": each.ref,
                "field": each.field,
                "month": _month(each.month),
                "baseline": each.baseline,
                "values": [{"value": value, "file": file, "cell": cell} for value, file, cell in each.values],
            }
            for each in merged.conflicts
        ],
        "queries": len(merged.queries),
        "findings": [each.to_json() for each in findings],
        "outstanding": list(merged.outstanding),
    }


def rolled_json(rolled: "RolledOver", findings: Iterable["Finding"]) -> dict[str, Any]:
    """What was carried and what archived at the year's end."""
    return {
        "completed": len(rolled.completed),
        "of": len(rolled.completed) + len(rolled.carried),
        "carried": len(rolled.carried),
        "archived": [action.ref for action in rolled.completed],
        "refs": [
            {"row_id": action.row_id, "last_ref": action.ref, "ref": rolled.plan.by_row_id[action.row_id].ref}
            for action in rolled.carried
        ],
        "findings": [each.to_json() for each in findings],
    }


def layout_json(layout: "Layout") -> dict[str, Any]:
    """A layout, all its keys filled in."""
    from dataclasses import asdict

    return asdict(layout)
