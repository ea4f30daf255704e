"""The way in: the HTTP function that stores an upload, the blob trigger that analyzes it."""
