"""Selection marks on scans: boxes and circles, empty or marked."""
