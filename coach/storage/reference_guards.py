"""One attribute or dataset of a file that nobody vouches for: its claims are checked before memory is taken.

Refused: soft and external links, external and virtual storage (they read any file on the disk), object and
variable-length types, unexpected types and shapes, oversized chunks, filters that HDF5 would have to load from
elsewhere. Compressed chunks are unpacked here and not by HDF5, which would let a small chunk grow without limit.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterator
from typing import Any, Final

import h5py
import numpy as np
from numpy.typing import NDArray

from coach.errors import Sentence
from coach.settings.storage import ReferenceFileSettings
from coach.storage.reference_checks import UnfitContentError
from coach.storage.reference_layout import ArraySpec, Attribute

FOREIGN_ADVICE = "Do not use it unless you know where it comes from"
CHECKSUM_BYTES: Final = 4
SLACK_BYTES: Final = 1024
"""What compression and checksum may add to a small chunk."""
MAX_MEMBERS: Final = 64


class Budget:
    """Bytes that reading one file may still ask for."""

    def __init__(self, max_bytes: int) -> None:
        self._left_bytes = max_bytes

    def spend(self, byte_count: int) -> None:
        """Take ``byte_count`` from the budget; raises `UnfitContentError` when it is used up."""
        self._left_bytes -= byte_count
        if self._left_bytes < 0:
            raise UnfitContentError("it asks for more memory than a reference ever needs", FOREIGN_ADVICE)


def check_members(group: h5py.Group) -> None:
    """Refuse a group that holds anything but its own data (soft or external links), or very many members."""
    if len(group) > MAX_MEMBERS:
        raise UnfitContentError("it holds far more parts than a reference", FOREIGN_ADVICE)
    for name in group:
        if type(group.get(name, getlink=True)) is not h5py.HardLink:
            raise UnfitContentError("it points to data outside itself", FOREIGN_ADVICE)


def read_attribute(owner: h5py.Group | h5py.Dataset, name: str, kind: type, max_text_bytes: int) -> Attribute:
    """One attribute of the expected kind; raises `UnfitContentError` if it is missing or something else."""
    if not h5py.h5a.exists(owner.id, name.encode()):
        raise UnfitContentError(Sentence("it does not say its {name}", name=name))
    attribute = h5py.h5a.open(owner.id, name.encode())
    if attribute.shape != ((2,) if kind is tuple else ()):
        raise UnfitContentError(Sentence("its {name} is of the wrong type", name=name))
    if kind is str:
        return _read_text(owner, name, attribute, max_text_bytes)
    dtype: np.dtype[Any] = attribute.dtype
    if dtype.kind not in {float: "fiu", int: "iu", bool: "iub", tuple: "iu"}[kind]:
        raise UnfitContentError(Sentence("its {name} is of the wrong type", name=name))
    value = owner.attrs[name]
    converted: Attribute = tuple(int(item) for item in value) if kind is tuple else kind(value)
    return converted


def _read_text(owner: h5py.Group | h5py.Dataset, name: str, attribute: h5py.h5a.AttrID, max_bytes: int) -> str:
    """A text attribute of fixed, bounded length (HDF5 loops for ever in some damaged files with other text)."""
    stored_type = attribute.get_type()
    if not isinstance(stored_type, h5py.h5t.TypeStringID) or stored_type.is_variable_str():
        raise UnfitContentError(Sentence("its {name} is not text of fixed length", name=name))
    if stored_type.get_size() > max_bytes:
        raise UnfitContentError(Sentence("its {name} is longer than {max_bytes} bytes", name=name, max_bytes=max_bytes))
    try:
        return bytes(owner.attrs[name]).decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnfitContentError(Sentence("its {name} is not text", name=name)) from error


def read_array(
    group: h5py.Group, spec: ArraySpec, frame_count: int, budget: Budget, settings: ReferenceFileSettings
) -> NDArray[Any] | None:
    """The dataset of ``spec``, or None where an optional one is absent; raises `UnfitContentError`."""
    if spec.name not in group:
        if spec.required:
            raise UnfitContentError(Sentence("it has no {name}", name=spec.name))
        return None
    dataset = group[spec.name]
    if not isinstance(dataset, h5py.Dataset):
        raise UnfitContentError(Sentence("{name} is not a table of numbers", name=spec.name))
    _check_claims(dataset, spec, frame_count, settings)
    budget.spend(dataset.size * dataset.dtype.itemsize)
    if dataset.chunks is None:
        if dataset.id.get_storage_size() != dataset.size * dataset.dtype.itemsize:
            raise UnfitContentError(Sentence("{name} is incomplete", name=spec.name))
        whole: NDArray[Any] = dataset[()]
        return whole
    return _read_chunks(dataset, spec.name)


def _check_claims(dataset: h5py.Dataset, spec: ArraySpec, frame_count: int, settings: ReferenceFileSettings) -> None:
    if dataset.external is not None or dataset.is_virtual:
        raise UnfitContentError(Sentence("{name} reads its numbers from another file", name=spec.name), FOREIGN_ADVICE)
    if dataset.dtype != spec.dtype:
        raise UnfitContentError(
            Sentence(
                "{name} holds numbers of the type {dtype} instead of {expected}",
                name=spec.name,
                dtype=dataset.dtype,
                expected=spec.dtype,
            )
        )
    shape = dataset.shape
    if spec.by_frame and shape != (frame_count, *spec.tail):
        raise UnfitContentError(
            Sentence(
                "{name} has the shape {shape} instead of {expected}",
                name=spec.name,
                shape=shape,
                expected=(frame_count, *spec.tail),
            )
        )
    if not spec.by_frame and (shape is None or len(shape) != 1 or shape[0] == 0):
        raise UnfitContentError(
            Sentence("{name} has the shape {shape} instead of a single row", name=spec.name, shape=shape)
        )
    chunks = dataset.chunks
    if chunks is not None and int(np.prod(chunks, dtype=np.float64)) * spec.dtype.itemsize > settings.max_chunk_bytes:
        raise UnfitContentError(
            Sentence("{name} is stored in pieces that are too large", name=spec.name), FOREIGN_ADVICE
        )


def _read_chunks(dataset: h5py.Dataset, name: str) -> NDArray[Any]:
    """Read a chunked dataset piece by piece, each unpacked to exactly the size that it must have."""
    filters = _filters(dataset, name)
    result = np.empty(dataset.shape, dataset.dtype)
    chunk_shape: tuple[int, ...] = dataset.chunks
    chunk_bytes = int(np.prod(chunk_shape)) * dataset.dtype.itemsize
    for corner in _corners(dataset.shape, chunk_shape):
        info = dataset.id.get_chunk_info_by_coord(corner)
        if info.byte_offset is None or not 0 < info.size <= 2 * chunk_bytes + SLACK_BYTES:
            raise UnfitContentError(Sentence("{name} is incomplete", name=name))
        skipped, raw = dataset.id.read_direct_chunk(corner)
        data = _unpack(raw, filters, skipped, chunk_bytes, dataset.dtype.itemsize, name)
        chunk = np.frombuffer(data, dataset.dtype).reshape(chunk_shape)
        place = tuple(
            slice(start, min(start + step, end))
            for start, step, end in zip(corner, chunk_shape, dataset.shape, strict=True)
        )
        result[place] = chunk[tuple(slice(0, span.stop - span.start) for span in place)]
    return result


def _corners(shape: tuple[int, ...], chunk_shape: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    return itertools.product(*(range(0, end, step) for end, step in zip(shape, chunk_shape, strict=True)))


def _filters(dataset: h5py.Dataset, name: str) -> list[int]:
    """The filters in the order in which they were applied: each of shuffle, deflate and checksum at most once."""
    plist = dataset.id.get_create_plist()
    used = [plist.get_filter(index)[0] for index in range(plist.get_nfilters())]
    order = [h5py.h5z.FILTER_SHUFFLE, h5py.h5z.FILTER_DEFLATE, h5py.h5z.FILTER_FLETCHER32]
    if used != [known for known in order if known in used]:
        raise UnfitContentError(
            Sentence("{name} is packed in a way that references do not use", name=name), FOREIGN_ADVICE
        )
    return used


def _unpack(raw: bytes, filters: list[int], skipped: int, byte_count: int, item_bytes: int, name: str) -> bytes:
    """Undo the filters of one chunk; bit i of ``skipped`` says that filter i was not applied to it."""
    data = raw
    for index in reversed(range(len(filters))):
        if skipped >> index & 1:
            continue
        if filters[index] == h5py.h5z.FILTER_FLETCHER32:
            data, checksum = data[:-CHECKSUM_BYTES], int.from_bytes(data[-CHECKSUM_BYTES:], "little")
            if fletcher32(data) != checksum:
                raise UnfitContentError(Sentence("{name} is damaged", name=name))
        elif filters[index] == h5py.h5z.FILTER_DEFLATE:
            data = zlib.decompressobj().decompress(data, byte_count + 1)
        elif len(data) == byte_count:
            data = np.frombuffer(data, np.uint8).reshape(item_bytes, -1).T.tobytes()
    if len(data) != byte_count:
        raise UnfitContentError(Sentence("{name} is damaged", name=name))
    return data


def fletcher32(data: bytes) -> int:
    """The checksum of HDF5's filter of that name: two sums modulo 65535 over big-endian 16 bit words."""
    words = np.frombuffer(data + b"\0" * (len(data) % 2), ">u2").astype(np.uint64)
    first = int(words.sum())
    second = int((words * np.arange(len(words), 0, -1, dtype=np.uint64)).sum())
    return _ones_complement(second) << 16 | _ones_complement(first)


def _ones_complement(total: int) -> int:
    """``total`` modulo 65535, where a sum that is not zero never becomes zero."""
    return (total - 1) % 0xFFFF + 1 if total else 0
