"""How fast it is, beside its peers, on this machine now. `make bench`; the ratios of one run are what counts."""
