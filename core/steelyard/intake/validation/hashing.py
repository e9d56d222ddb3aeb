"""Hashes of rows' keys: of whole columns at once, the same for the same values whatever rows are beside."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from steelyard.intake.validation.texts import Bytes

Hashes = NDArray[np.uint64]

_SEED, _FACTOR = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)
_SHIFT = np.uint64(32)
_WORD = 8
_KEPT = np.array([(1 << 8 * size) - 1 for size in range(_WORD)] + [2**64 - 1], np.uint64)
"""What is kept of a word of which so many bytes belong to the text."""


def hashed(rows: pa.Table, key: Sequence[str]) -> Hashes:
    """The hash of each row's values in the columns of the key, which has no empty cells."""
    hashes = np.full(rows.num_rows, _SEED)
    for name in key if rows.num_rows else ():
        column = rows.column(name).combine_chunks()
        if pa.types.is_string(column.type):
            _mix_texts(hashes, column)
        else:
            for word in _words(column):
                _mix(hashes, word)
    return hashes


def _mix(hashes: Hashes, words: Hashes) -> None:
    """Take one word more into each hash."""
    hashes ^= words
    hashes *= _FACTOR
    hashes ^= hashes >> _SHIFT
    hashes *= _FACTOR
    hashes ^= hashes >> _SHIFT


def _mix_texts(hashes: Hashes, texts: pa.StringArray) -> None:
    """Take the length and the bytes of texts into their hashes, eight at a time."""
    _, offsets_buffer, data_buffer = texts.buffers()
    offsets = np.frombuffer(offsets_buffer, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    lengths = np.diff(offsets)
    _mix(hashes, lengths.astype(np.uint64))
    if data_buffer is None:
        return
    starts = offsets[:-1] - offsets[0]
    every = _words_from(np.frombuffer(data_buffer, np.uint8)[offsets[0] : offsets[-1]])
    for done in range(0, int(lengths.max()), _WORD):
        left = np.flatnonzero(lengths > done)
        kept = _KEPT[np.minimum(lengths[left] - done, _WORD)]
        some = hashes[left]
        _mix(some, every[starts[left] + done] & kept)
        hashes[left] = some


def _words_from(data: Bytes) -> Hashes:
    """The eight bytes from each byte on; behind the last one are zeros."""
    padded = np.concatenate([data, np.zeros(_WORD, np.uint8)])
    return np.ndarray(len(data) + 1, np.dtype("<u8"), padded, strides=(1,))


def _words(column: pa.Array) -> list[Hashes]:
    """The values of a column of numbers, times or flags, as one or two words each."""
    if pa.types.is_boolean(column.type):
        column = column.cast(pa.int8())
    size = column.type.bit_width // 8
    data = np.frombuffer(column.buffers()[1], np.uint8)[column.offset * size :][: len(column) * size]
    if size < _WORD:
        return [data.view(f"<u{size}").astype(np.uint64)]
    return list(data.view("<u8").reshape(len(column), size // _WORD).T)
