"""The web application: the demo's phones, and whether all is well."""
