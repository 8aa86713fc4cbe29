"""What each person is due under the law: month runs, due less paid, explanation, recovery."""
