"""Plan source <-> Plan: the plan as plain tables of text, or as JSON.

The same tables are the plan source that a coordinator writes, the hidden sheet in which every workbook carries
its plan, and the flat export. Whatever cannot be used is a finding with its cell; nothing is dropped.
"""

from workbook.source.blank import BlankColumn, BlankSource, BlankTable, Offer, blank_source
from workbook.source.edits import with_edits
from workbook.source.from_plan import each_table, issue_table, tables_from_plan
from workbook.source.ids import digest_id, identity, new_row_id
from workbook.source.plan_json import plan_to_json, tables_from_json
from workbook.source.programme import DATES, dates_of, goes_on, worked_out
from workbook.source.record import register_from_table
from workbook.source.tables import ADOPTED_TABLES, SOURCE_TABLES, Record, Table, clean, setting, table, table_from_cells
from workbook.source.to_plan import LONGEST_PLAN, carried_plan, plan_from_tables

__all__ = [
    "ADOPTED_TABLES",
    "DATES",
    "LONGEST_PLAN",
    "SOURCE_TABLES",
    "BlankColumn",
    "BlankSource",
    "BlankTable",
    "Offer",
    "Record",
    "Table",
    "blank_source",
    "carried_plan",
    "clean",
    "dates_of",
    "digest_id",
    "each_table",
    "goes_on",
    "identity",
    "issue_table",
    "new_row_id",
    "plan_from_tables",
    "plan_to_json",
    "register_from_table",
    "setting",
    "table",
    "table_from_cells",
    "tables_from_json",
    "tables_from_plan",
    "with_edits",
    "worked_out",
]
