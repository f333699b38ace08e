"""Reads a spreadsheet that this program did not make: its tables, columns, periods, bars and legend."""
