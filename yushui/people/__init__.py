"""The register: persons, households, statuses (身份) with two clocks, hardship, responsible contact."""
