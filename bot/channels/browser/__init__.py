"""The browser channel: phones on a web page, for everybody who has no account anywhere."""
