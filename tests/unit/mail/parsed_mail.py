"""Reads mails as strictly as Python's email package can: FILE is printed into FILE.parsed.

Header fields as NAME: VALUE (decoded), then each text part as [TYPE CHARSET ENCODING] and its text.
A defect that the parser finds is printed as DEFECT.
"""
import email
import email.policy
import pathlib
import sys


def parsed(mail):
    for name, value in mail.items():
        yield f"{name}: {value}\n"
        for defect in value.defects:
            yield f"DEFECT {name} {defect!r}\n"
    for part in mail.walk():
        for defect in part.defects:
            yield f"DEFECT {defect!r}\n"
        if part.get_content_maintype() == "text":
            yield (f"[{part.get_content_type()} {part.get_content_charset()}"
                   f" {part['Content-Transfer-Encoding']}]\n")
            yield part.get_content()


for name in sys.argv[1:]:
    message = email.message_from_bytes(pathlib.Path(name).read_bytes(), policy=email.policy.default)
    pathlib.Path(name + ".parsed").write_bytes("".join(parsed(message)).encode())
