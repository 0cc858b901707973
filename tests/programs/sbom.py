#!/usr/bin/env python3
"""The software bill of materials: it has the shape of SPDX 2.3, names what the loader really loads with the
versions that dpkg has, the licence of each, and two runs write the same bytes.

sbom.py PROGRAMS
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PROGRAMS = pathlib.Path(sys.argv[1])
ROOT = pathlib.Path(__file__).resolve().parents[2]
EPOCH = 1_764_000_000  # 2025-11-24T16:00:00Z
VERSION = "1.0.0-1+deb12"
IDENTIFIER = re.compile(r"SPDXRef-[A-Za-z0-9.-]+")
LICENCE = re.compile(r"[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)*")


def output(*command, **environment):
    return subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | environment).stdout


def made(files):
    return output(ROOT / "conf/debian/sbom", VERSION, *files, SOURCE_DATE_EPOCH=str(EPOCH))


def loaded(files):
    """{package: version} of each library that the loader takes for one of these."""
    paths = set()
    for file in files:
        paths |= set(re.findall(r"=> (/.+) \(0x", output("ldd", file)))
    own = {os.path.realpath(file) for file in files}
    paths = {path for path in paths if os.path.realpath(path) not in own}
    packages = set()
    for path in paths:
        names = {path, "/usr" + path, path.removeprefix("/usr")}
        found = subprocess.run(["dpkg-query", "-S", *names], capture_output=True, text=True).stdout
        assert found, f"no package has {path}"
        packages.add(re.split(r"[:,]", found)[0])
    return {package: output("dpkg-query", "-W", "-f", "${Version}\n", package).splitlines()[0] for package in packages}


def check_shape(bill):
    assert bill["spdxVersion"] == "SPDX-2.3" and bill["dataLicense"] == "CC0-1.0"
    assert bill["SPDXID"] == "SPDXRef-DOCUMENT" and bill["name"]
    assert re.fullmatch(r"https://\S+", bill["documentNamespace"]) and "#" not in bill["documentNamespace"]
    assert bill["creationInfo"]["created"] == "2025-11-24T16:00:00Z"
    assert all(re.match(r"(Tool|Organization|Person): ", creator) for creator in bill["creationInfo"]["creators"])
    extracted = {info["licenseId"] for info in bill["hasExtractedLicensingInfos"] if info["extractedText"]}
    identifiers = {"SPDXRef-DOCUMENT"}
    for package in bill["packages"]:
        assert IDENTIFIER.fullmatch(package["SPDXID"]) and package["SPDXID"] not in identifiers, package
        identifiers.add(package["SPDXID"])
        assert package["name"] and package["versionInfo"] and package["downloadLocation"], package
        assert re.match(r"(Organization|Person): .", package["supplier"]), package
        assert package["filesAnalyzed"] is False, package
        licence = package["licenseDeclared"]
        assert LICENCE.fullmatch(licence) and licence != "NOASSERTION", package
        assert not licence.startswith("LicenseRef-") or licence in extracted, package
    for relation in bill["relationships"]:
        assert {relation["spdxElementId"], relation["relatedSpdxElement"]} <= identifiers, relation
        assert relation["relationshipType"] in ("DESCRIBES", "DEPENDS_ON", "CONTAINS"), relation
    described = [r for r in bill["relationships"] if r["relationshipType"] == "DESCRIBES"]
    assert [r["relatedSpdxElement"] for r in described] == ["SPDXRef-Package-portal"]


def check_against_the_loader(bill, files):
    packages = {package["name"]: package for package in bill["packages"]}
    assert packages["portal"]["versionInfo"] == VERSION
    wanted = loaded(files)
    listed = {name: package["versionInfo"] for name, package in packages.items()
              if package["supplier"] == "Organization: Debian"}
    assert listed == wanted, f"listed and loaded differ: {set(listed.items()) ^ set(wanted.items())}"
    for name, version in wanted.items():
        [reference] = packages[name]["externalRefs"]
        escaped = version.replace("+", "%2B").replace(":", "%3A")
        assert reference["referenceLocator"].startswith(f"pkg:deb/debian/{name.replace('+', '%2B')}@{escaped}?arch="), reference
    # Each library is reached from the portal, over what needs what.
    edges = {}
    for relation in bill["relationships"]:
        edges.setdefault(relation["spdxElementId"], set()).add(relation["relatedSpdxElement"])
    reached, new = set(), {"SPDXRef-DOCUMENT"}
    while new:
        reached |= new
        new = set().union(*(edges.get(one, set()) for one in new)) - reached
    assert reached == {"SPDXRef-DOCUMENT"} | {package["SPDXID"] for package in bill["packages"]}


def check_elsewhere(program, libraries):
    """In a folder with a space, they are made of the same: the core's path has the space, too."""
    with tempfile.TemporaryDirectory() as scratch:
        copies = []
        for file, folder in [(program, "bin")] + [(library, "lib/portal") for library in libraries]:
            to = pathlib.Path(scratch, "a portal", folder)
            to.mkdir(parents=True, exist_ok=True)
            copies.append(shutil.copy(file, to))
        assert made(copies) == made([program, *libraries]), "another folder, another text"


def main():
    files = sorted(path for path in PROGRAMS.glob("portal*") if path.is_file() and not path.name.endswith("_test") and os.access(path, os.X_OK))
    libraries = sorted(path for path in (PROGRAMS.parent / "lib/portal").iterdir() if not path.is_symlink())
    files += libraries
    assert len(files) >= 15, f"only {len(files)} programs"
    text = made(files)
    assert made(reversed(files)) == text, "another order of files, another text"
    check_elsewhere(PROGRAMS / "portal-error-pages", libraries)
    bill = json.loads(text)
    check_shape(bill)
    check_against_the_loader(bill, files)
    # What is copied into the package has its licence in the package's copyright.
    assert "conf/password-blocklist.txt" in (ROOT / "conf/debian/copyright").read_text()
    assert str(ROOT) not in text and str(PROGRAMS) not in text
    print(f"{len(bill['packages'])} packages, {len(bill['relationships'])} relations")


if not any(os.access(pathlib.Path(folder) / "dpkg-query", os.X_OK) for folder in os.environ["PATH"].split(":")):
    print("skipped: no dpkg here")
    sys.exit(77)
main()
