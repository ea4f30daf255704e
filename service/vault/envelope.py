"""The form in which everything is stored."""

from __future__ import annotations

import io
import secrets
from typing import Final

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.exceptions import InvalidTag

from service.vault.context import AnyContext
from service.vault.secret import Secret

FORMAT: Final = 1
KEY_ID_BYTES: Final = 16

_KEY_BYTES: Final = 32
_HEADER_BYTES: Final = 1 + KEY_ID_BYTES
# Of the stream: a salt of 24 bytes and a commitment of 32, then chunks with a tag of 16 bytes each. The
# last chunk is always shorter than the others, and may be empty.
_PREFIX_BYTES: Final = 24 + 32
_CHUNK_BYTES: Final = 16 * 1024
_TAG_BYTES: Final = 16
_SLICE_BYTES: Final = 1024 * 1024
_MAKERS_MARK: Final = object()


class TamperedError(Exception):
    """What was read is not what the vault wrote for this place: altered, cut, moved, or under another key.

    It never says which of these, and no plaintext comes with it.
    """


class DataKey(Secret):
    """The key of one object, of a job's input and its checkpoints, or of its result and the files beside it.

    32 random bytes.
    """

    __slots__ = ()

    def __init__(self, secret: bytes) -> None:
        if len(secret) != _KEY_BYTES:
            raise ValueError(f"a data key has {_KEY_BYTES} bytes")
        super().__init__(secret)

    @classmethod
    def generate(cls) -> DataKey:
        """A fresh key from the system's random source."""
        return cls(secrets.token_bytes(_KEY_BYTES))


class Sealed:
    """A stored object. Only this module makes one, and the store writes nothing else.

    Format 1:

    - byte 0: the format, 0x01;
    - bytes 1 to 16: the id of the key that the data key is wrapped to, or that sealed the object itself;
    - the rest: a Cobblestone-256 stream (c2sp.org/chunked-encryption: HKDF-Expand with SHA-512, AES-256-GCM
      in chunks of 16 KiB, key commitment). Its context is the 17 bytes above followed by the encoded
      context of the object, so that no byte of an object can be changed unnoticed.

    The wrapped data key is not in the object but in the job record: erasing the record erases the key.
    Nothing here may change its meaning. Another layout, cipher or context gets another format byte, and
    format 1 stays readable until the last object that has it is erased.
    """

    __slots__ = ("_data",)

    def __init__(self, data: bytes, mark: object) -> None:
        if mark is not _MAKERS_MARK:
            raise TypeError("only the vault seals")
        self._data = data

    @property
    def data(self) -> bytes:
        """The bytes to store."""
        return self._data

    @property
    def key_id(self) -> bytes:
        """The 16 bytes that name the key; true only once the object has been opened."""
        return self._data[1:_HEADER_BYTES]

    def __repr__(self) -> str:
        return f"<Sealed, {len(self._data)} bytes>"


def seal(data_key: DataKey, key_id: bytes, context: AnyContext, plaintext: bytes | bytearray | memoryview) -> Sealed:
    """Seal a plaintext of any length; beside the plaintext it needs memory for the sealed bytes once.

    Raises:
        ValueError: the key id does not have 16 bytes.
    """
    if len(key_id) != KEY_ID_BYTES:
        raise ValueError(f"a key id has {KEY_ID_BYTES} bytes")
    header = bytes([FORMAT]) + key_id
    encryptor = Cobblestone256Encryptor(data_key.reveal(), header + context.encode())
    with memoryview(plaintext) as given, given.cast("B") as source:
        chunks = source.nbytes // _CHUNK_BYTES + 1
        length = _HEADER_BYTES + _PREFIX_BYTES + source.nbytes + chunks * _TAG_BYTES
        return Sealed(_transform(encryptor, source, header, length), _MAKERS_MARK)


def open_sealed(data_key: DataKey, context: AnyContext, untrusted: bytes) -> bytes:
    """The plaintext of an object, whole or not at all.

    Raises:
        TamperedError: anything about the object, the key or the context is not as it was when sealed.
    """
    header = recognize(untrusted).data[:_HEADER_BYTES]
    full, last = divmod(len(untrusted) - _HEADER_BYTES - _PREFIX_BYTES, _CHUNK_BYTES + _TAG_BYTES)
    if last < _TAG_BYTES:
        raise TamperedError
    decryptor = Cobblestone256Decryptor(data_key.reveal(), header + context.encode())
    with memoryview(untrusted) as given, given[_HEADER_BYTES:] as source:
        try:
            return _transform(decryptor, source, b"", full * _CHUNK_BYTES + last - _TAG_BYTES)
        except InvalidTag:
            raise TamperedError from None


def recognize(untrusted: bytes) -> Sealed:
    """Stored bytes as an object, to be stored again as they are. Whether they open is not checked.

    Raises:
        TamperedError: the format byte is unknown or the bytes are too few for a sealed object.
    """
    if len(untrusted) < _HEADER_BYTES + _PREFIX_BYTES + _TAG_BYTES or untrusted[0] != FORMAT:
        raise TamperedError
    return Sealed(untrusted, _MAKERS_MARK)


def _transform(
    cipher: Cobblestone256Encryptor | Cobblestone256Decryptor, source: memoryview, prefix: bytes, length: int
) -> bytes:
    """`prefix` and the output of the cipher, `length` bytes in all, written once into one buffer."""
    # The buffer of a BytesIO becomes its value without being copied, which a bytearray cannot do.
    output = io.BytesIO(bytes(length))
    with output.getbuffer() as room:
        room[: len(prefix)] = prefix
        done = len(prefix)
        for start in range(0, source.nbytes, _SLICE_BYTES):
            done += cipher.update_into(source[start : start + _SLICE_BYTES], room[done:])
        room[done:] = cipher.finalize()
    return output.getvalue()
