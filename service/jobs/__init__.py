"""The life of a job: accepted, claimed, committed, read, erased, swept, driven again."""
