"""The ``.task`` file that MediaPipe Tasks wants: a plain zip of two networks, each with metadata.

The networks published with MediaPipe's older packages are the very ones of today's bundles but lack the metadata that
says how pictures become numbers; the Tasks API refuses them without.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from pathlib import Path
from typing import Any, Final

from coach.errors import Sentence

DETECTOR_MEMBER: Final = "pose_detector.tflite"
LANDMARKS_MEMBER: Final = "pose_landmarks_detector.tflite"

_DETECTOR_MEAN_STD: Final = (127.5, 127.5)  # pixels become -1..1
_LANDMARKS_MEAN_STD: Final = (0.0, 255.0)  # pixels become 0..1
_METADATA_NAME: Final = "TFLITE_METADATA"
_NETWORK_MARK: Final = b"TFL3"
_METADATA_MARK: Final = b"M001"
_MIN_NETWORK_BYTES: Final = 100_000
_MAX_NETWORK_BYTES: Final = 200_000_000
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)


class BundleError(ValueError):
    """Why a file is no usable bundle, in words that fit after its name and a colon."""


def build_bundle(detector: bytes, landmarks: bytes) -> bytes:
    """A bundle from the two networks as published, without metadata.

    The same networks give the same bytes, whenever and wherever.

    Parameters
    ----------
    detector, landmarks : bytes
        TensorFlow Lite files: the one that finds a person, the one that places the landmarks.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(DETECTOR_MEMBER, _ZIP_DATE), with_metadata(detector, *_DETECTOR_MEAN_STD))
        archive.writestr(zipfile.ZipInfo(LANDMARKS_MEMBER, _ZIP_DATE), with_metadata(landmarks, *_LANDMARKS_MEAN_STD))
    return packed.getvalue()


def check_bundle(path: Path) -> None:
    """Raise `BundleError` unless ``path`` is a stored zip of two undamaged networks with their metadata."""
    try:
        with zipfile.ZipFile(path) as archive:
            for member in (DETECTOR_MEMBER, LANDMARKS_MEMBER):
                _check_member(archive, member)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise BundleError("is damaged or not a pose model") from error
    except OSError as error:
        raise BundleError(
            Sentence("cannot be read ({reason})", reason=(error.strerror or str(error)).lower())
        ) from error


def sha256_of(content: bytes) -> str:
    """Checksum as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def with_metadata(network: bytes, mean: float, std: float) -> bytes:
    """The network with an image input that is normalised as ``(pixel - mean) / std``."""
    import flatbuffers
    from mediapipe.tasks.metadata import schema_py_generated as schema

    model = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(network, 0))
    buffer = schema.BufferT()
    buffer.data = list(_input_metadata(mean, std))
    model.buffers.append(buffer)
    entry = schema.MetadataT()
    entry.name, entry.buffer = _METADATA_NAME, len(model.buffers) - 1
    model.metadata = [*(model.metadata or []), entry]
    builder = flatbuffers.Builder(len(network))
    builder.Finish(model.Pack(builder), _NETWORK_MARK)
    return bytes(builder.Output())


def _input_metadata(mean: float, std: float) -> bytes:
    """The metadata record itself: one RGB image with its normalisation."""
    import flatbuffers
    from mediapipe.tasks.metadata import metadata_schema_py_generated as schema

    options: Any = schema.NormalizationOptionsT()
    options.mean, options.std = [mean], [std]
    normalisation: Any = schema.ProcessUnitT()
    normalisation.optionsType, normalisation.options = schema.ProcessUnitOptions.NormalizationOptions, options
    image: Any = schema.ImagePropertiesT()
    image.colorSpace = schema.ColorSpaceType.RGB
    content: Any = schema.ContentT()
    content.contentPropertiesType, content.contentProperties = schema.ContentProperties.ImageProperties, image
    tensor: Any = schema.TensorMetadataT()
    tensor.name, tensor.content, tensor.processUnits = "image", content, [normalisation]
    graph: Any = schema.SubGraphMetadataT()
    graph.inputTensorMetadata = [tensor]
    model: Any = schema.ModelMetadataT()
    model.subgraphMetadata = [graph]
    builder = flatbuffers.Builder(0)
    builder.Finish(model.Pack(builder), _METADATA_MARK)
    return bytes(builder.Output())


def _check_member(archive: zipfile.ZipFile, member: str) -> None:
    try:
        info = archive.getinfo(member)
    except KeyError:
        raise BundleError(Sentence("is not a pose model: it holds no {member}", member=member)) from None
    if info.compress_type != zipfile.ZIP_STORED:
        raise BundleError("is not a pose model as MediaPipe wants it: its networks are compressed")
    if not _MIN_NETWORK_BYTES <= info.file_size <= _MAX_NETWORK_BYTES:
        raise BundleError(
            Sentence("is damaged: {member} has {file_size} bytes", member=member, file_size=info.file_size)
        )
    network = archive.read(info)
    if network[4:8] != _NETWORK_MARK:
        raise BundleError(Sentence("is damaged: {member} is not a network", member=member))
    if _METADATA_NAME.encode() not in network or _METADATA_MARK not in network:
        raise BundleError(Sentence("lacks the metadata that MediaPipe needs in {member}", member=member))
