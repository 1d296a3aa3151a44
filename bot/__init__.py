"""The running application; the only room that knows all rooms."""
