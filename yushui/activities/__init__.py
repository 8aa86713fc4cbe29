"""What was done: activities, campaigns (慰问行动), visits, with heads, money, goods and evidence."""
