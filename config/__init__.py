"""Settings, the URL table and the command line: how the house is plugged together."""
