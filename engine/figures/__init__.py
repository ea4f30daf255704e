"""Pictures of figures, cut out of the pages they are on."""
