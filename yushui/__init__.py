"""鱼水 Yushui. One package per noun of the field; docs/map.md shows the bands. Imports go down only."""
