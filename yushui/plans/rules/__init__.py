"""Rules of duties, plans, tasks and the calendar: plain values in, plain values out."""
