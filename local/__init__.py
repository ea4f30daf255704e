"""Run the service on one machine: a host for its functions, Azurite for storage, a command line."""
