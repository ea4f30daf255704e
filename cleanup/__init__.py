"""The clock: erase what is due, drive again what was lost."""
