"""`python -m workbook` is the program."""

from workbook.cli import main

main()
