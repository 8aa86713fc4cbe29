"""Reading outlines and writing reports from figures. Plain Python."""
