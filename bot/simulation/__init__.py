"""A year in a minute: the real planning, telling and delivery under a clock that is turned."""
