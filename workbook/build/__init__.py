"""Writes workbooks. Only here is XlsxWriter imported."""
