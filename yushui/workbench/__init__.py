"""Staff home, search, menus and the style page: what touches many packages."""
