#!/usr/bin/env python
"""Django's own door, for developers. Users call `yushui` (config/cli.py)."""

from config.cli import main

if __name__ == "__main__":
    main()
