"""Results as workbooks whose formulas can be followed, and as plain tables."""
