"""Archive (档案): every stored file has a place in a box; what is missing; export of a folder tree with its index."""
