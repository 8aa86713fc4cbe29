"""What every package stands on: money, days, refusals, secrets, files, jobs, pages. Knows no person, no law."""
