"""Doors to the register: lists, the person file, and the forms of every verb."""
