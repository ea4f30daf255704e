"""The wire: types with units, the error table, limits and ids of Document Intelligence v4.0.

Nothing here imports another package of this project.
"""
