"""The archive: what was completed in earlier years, as it stood when the next year's plan was made."""

from dataclasses import dataclass

from workbook.months import Month, run, say_year


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """One completed action: `status` is the last that was reported, for `month`; None where nothing was.

    `heading` is the ref that it stood under, `heading_title` its title. `complete_since` is the month for which it
    was said to be complete, None where the plan's source said so.
    """

    row_id: str
    ref: str = ""
    heading: str = ""
    heading_title: str = ""
    action: str = ""
    lead: tuple[str, ...] = ()
    programmed: tuple[Month, ...] = ()
    status: str | None = None
    month: Month | None = None
    complete_since: Month | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedYear:
    """One year's plan that was rolled over: the actions that were completed, and how many it had in all (`of`)."""

    plan_id: str
    title: str
    start: Month
    months: int
    of: int
    actions: tuple[Archived, ...] = ()

    @property
    def name(self) -> str:
        """What people call the year: `2009/10`."""
        return say_year(run(self.start, self.months))

    @property
    def sentence(self) -> str:
        """How many of how many were completed: `84 of 230 actions were completed in 2009/10`."""
        done = len(self.actions)
        actions = "action" if self.of == 1 else "actions"
        return f"{done} of {self.of} {actions} {'was' if done == 1 else 'were'} completed in {self.name}"
