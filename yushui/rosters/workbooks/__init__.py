"""Files of rosters: .xlsx streamed row by row, .xls and .csv whole; and the same workbook given back with marks."""
