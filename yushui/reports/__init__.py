"""Written reports from an outline; every figure in them is an indicator that opens its rows."""
