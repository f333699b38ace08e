"""Damaged returns: every kind of damage, alone and together, and whether anything of it is read wrong in silence."""

from tests.damage import cells, evidence, files, identity
from tests.damage.case import Case, councils, make
from tests.damage.desk import NotHereError
from tests.damage.judgement import NAMED, RIGHT, WRONG, Outcome, Wrong, judge_merged, judge_reading
from tests.damage.kinds import KINDS, Kind
from tests.damage.measure import Measured, damaged, measure

__all__ = [
    "KINDS",
    "NAMED",
    "RIGHT",
    "WRONG",
    "Case",
    "Kind",
    "Measured",
    "NotHereError",
    "Outcome",
    "Wrong",
    "cells",
    "councils",
    "damaged",
    "evidence",
    "files",
    "identity",
    "judge_merged",
    "judge_reading",
    "make",
    "measure",
]
