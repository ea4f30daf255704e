"""Makes the weights of `engine/ocr/handwriting.py`: `python -m training.handwriting`."""
