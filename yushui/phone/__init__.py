"""The village on a phone: my people, my visits, a queue that works without network."""
