"""Files out of Debian packages, fetched by apt-get and kept in a cache folder. Nothing is installed."""

import gzip
import hashlib
import html.parser
import pathlib
import subprocess


class Absent(Exception):
    """A package, or a file in it, that cannot be had here: the message says which."""


def unpacked(package, version, cache):
    """The folder that holds the files of this version of a package, fetched when it is not there yet."""
    folder = pathlib.Path(cache) / f"{package}_{version.replace(':', '%3a')}"
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    fetched = subprocess.run(
        ["apt-get", "download", f"{package}={version}"], cwd=folder.parent, capture_output=True, text=True
    )
    debs = sorted(folder.parent.glob(f"{package}_{version.replace(':', '%3a')}_*.deb"))
    if fetched.returncode != 0 or not debs:
        raise Absent(f"apt-get cannot download {package} {version}: {fetched.stderr.strip()}")
    half = folder.with_suffix(".half")
    subprocess.run(["dpkg", "-x", str(debs[0]), str(half)], check=True)
    half.rename(folder)
    debs[0].unlink()
    return folder


def content(folder, path):
    """The bytes of a file in an unpacked package, unpacked once more where its name ends in .gz."""
    found = folder / path
    if not found.is_file():
        raise Absent(f"{folder.name} has no file {path}")
    data = found.read_bytes()
    return gzip.decompress(data) if found.suffix == ".gz" else data


def sha256(data):
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


class _Text(html.parser.HTMLParser):
    SILENT = {"script", "style", "title", "template"}
    BLOCKS = {"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "dt", "dd", "table", "br", "caption"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.silent, self.kept = [], 0, 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in self.SILENT
        self.kept += tag == "pre"
        if tag in self.BLOCKS:
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append("\t")

    def handle_endtag(self, tag):
        self.silent -= tag in self.SILENT and self.silent > 0
        self.kept -= tag == "pre" and self.kept > 0
        if tag in self.BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data):
        if not self.silent:
            self.parts.append(data if self.kept else " ".join(f"|{data}|".split())[1:-1])


def text_of_html(page):
    """The text of an HTML page, a line for each block."""
    parser = _Text()
    parser.feed(page)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line) + "\n"
