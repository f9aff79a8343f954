"""The bytes of a reference file, made with h5py in memory."""

from __future__ import annotations

from typing import Any

import h5py
import numpy as np

from coach.settings.storage import ReferenceFileSettings
from coach.storage.reference_layout import ARRAYS, TAKES, ArraySpec, Attribute, StoredReference


def file_image(stored: StoredReference, settings: ReferenceFileSettings) -> bytes:
    """The bytes of the whole file, made in memory so that a full disk never meets HDF5 half-way."""
    with h5py.File("image", "w", driver="core", backing_store=False) as file:
        _write_group(file, stored, settings)
        file.flush()
        image: bytes = file.id.get_file_image()
        return image


def _write_group(group: h5py.Group, stored: StoredReference, settings: ReferenceFileSettings) -> None:
    for name, value in stored.attributes.items():
        _write_attribute(group, name, value)
    for spec in ARRAYS:
        if spec.name not in stored.arrays:
            continue
        array = stored.arrays[spec.name]
        dataset = group.create_dataset(
            spec.name,
            data=array,
            chunks=(_chunk_rows(stored, spec, settings), *array.shape[1:]),
            compression="gzip",
            compression_opts=settings.gzip_level,
            shuffle=True,
            fletcher32=True,
            track_times=False,
        )
        for name, value in stored.array_attributes.get(spec.name, {}).items():
            _write_attribute(dataset, name, value)
    for index, take in enumerate(stored.takes):
        _write_group(group.create_group(f"{TAKES}/{index:03d}"), take, settings)


def _chunk_rows(stored: StoredReference, spec: ArraySpec, settings: ReferenceFileSettings) -> int:
    """About a second of frames or sound in one chunk; the short lists are one chunk."""
    array = stored.arrays[spec.name]
    rates: dict[str, Any] = {"audio": stored.array_attributes.get("audio", {}).get("rate_hz")}
    rate: Any = stored.attributes["fps"] if spec.by_frame else rates.get(spec.name, len(array))
    most = settings.max_chunk_bytes // array[:1].nbytes
    rows: int = max(1, min(round(settings.chunk_s * rate), most, len(array)))
    return rows


def _write_attribute(owner: h5py.Group | h5py.Dataset, name: str, value: Attribute) -> None:
    """Text in UTF-8 of fixed length, flags as h5py's booleans, numbers in 64 bits."""
    if isinstance(value, str):
        text = value.encode()
        owner.attrs.create(name, np.array(text, h5py.string_dtype("utf-8", max(1, len(text)))))
    elif isinstance(value, bool):
        owner.attrs[name] = value
    elif isinstance(value, float):
        owner.attrs[name] = np.float64(value)
    else:
        owner.attrs[name] = np.array(value, np.int64)
