"""The ledger of findings as a workbook, out and in again."""
