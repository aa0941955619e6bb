"""A plan as a workbook or a text file, in and out: written, read as any person would, told and compared."""
