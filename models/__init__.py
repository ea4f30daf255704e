"""What can be asked: models and the resource itself, and whether the service is well."""
