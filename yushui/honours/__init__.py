"""Honours (荣誉): plaques, preferential cards, good news of merit, honours of units, selections."""
