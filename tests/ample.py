"""Settings for tests that type faster than any person: no limit is in their way."""

AMPLE = {
    "OCOP_MESSAGES_A_MINUTE": "1000000",
    "OCOP_MESSAGES_A_DAY": "1000000",
    "OCOP_FILES_AN_HOUR": "1000000",
    "OCOP_FILES_A_DAY": "1000000",
    "OCOP_WEB_REQUESTS_A_MINUTE": "1000000",
    "OCOP_WEB_MEGABYTES_A_MINUTE": "1000000",
}
