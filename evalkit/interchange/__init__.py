"""Cases out to other formats and back: a workbook, IATI activities, statistical tables."""
