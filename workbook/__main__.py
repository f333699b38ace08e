"""`python -m workbook` is the program."""

from workbook.cli import main

if __name__ == "__main__":
    main()
