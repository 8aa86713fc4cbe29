"""Rules of places, by noun: plain values in, problems out."""
