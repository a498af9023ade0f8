"""What people take away: meeting brief, workbook, open data and documentation, made from one published version."""
