"""Reading reports: outlines, the text as written today, the report rows."""
