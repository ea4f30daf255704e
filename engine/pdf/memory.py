"""The address of bytes that Python holds, so that a large document is not copied to be read."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager


class _PyBuffer(ctypes.Structure):
    """Py_buffer of the C interface of Python, as of 3.11."""

    _fields_ = (
        ("buf", ctypes.c_void_p),
        ("obj", ctypes.py_object),
        ("len", ctypes.c_ssize_t),
        ("itemsize", ctypes.c_ssize_t),
        ("readonly", ctypes.c_int),
        ("ndim", ctypes.c_int),
        ("format", ctypes.c_char_p),
        ("shape", ctypes.POINTER(ctypes.c_ssize_t)),
        ("strides", ctypes.POINTER(ctypes.c_ssize_t)),
        ("suboffsets", ctypes.POINTER(ctypes.c_ssize_t)),
        ("internal", ctypes.c_void_p),
    )


# The one way to the address of a read-only mapping: ctypes' own from_buffer() wants a writable one.
_get_buffer = ctypes.pythonapi.PyObject_GetBuffer
_get_buffer.argtypes = (ctypes.py_object, ctypes.POINTER(_PyBuffer), ctypes.c_int)
_get_buffer.restype = ctypes.c_int
_release = ctypes.pythonapi.PyBuffer_Release
_release.argtypes = (ctypes.POINTER(_PyBuffer),)
_release.restype = None

_SIMPLE = 0


@contextmanager
def address_of(view: memoryview) -> Iterator[int]:
    """Where the bytes of a contiguous view begin; they stay there until leaving.

    Raises: BufferError when the view is not contiguous.
    """
    buffer = _PyBuffer()
    _get_buffer(view, ctypes.byref(buffer), _SIMPLE)
    try:
        yield buffer.buf or 0
    finally:
        _release(ctypes.byref(buffer))
