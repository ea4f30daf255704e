"""What was read, as an AnalyzeResult whose spans slice its content exactly."""
