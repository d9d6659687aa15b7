"""Digital signatures of a PDF: who signed the file, and when. The only module that imports pypdf.

They are told beside the document and never become its date or signer: a clerk's seal is often set days after the date
that the document prints, and those who initial a draft sign it too. Whether a signature is valid is not checked.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from corpus.document import Signature

_MAX_SIGNATURES = 40


def read_signatures(path: Path) -> tuple[Signature, ...]:
    """Each signer once, with the time of the first signature, in the order of signing; () for a file without any."""
    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        found = [_signature(value) for value in _values(pypdf.PdfReader(io.BytesIO(path.read_bytes())))]
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        # A damaged form is no reason not to read the pages.
        return ()
    signers: dict[str, Signature] = {}
    for signature in sorted(filter(None, found), key=lambda signature: signature.signed_at or ""):
        signers.setdefault(signature.name.casefold(), signature)
    return tuple(signers.values())


def _values(reader: Any) -> Iterator[Any]:  # noqa: ANN401  # pypdf's object tree
    """The signature dictionaries of the form, nested fields included."""
    form = reader.trailer["/Root"].get("/AcroForm")
    fields = list(form.get_object().get("/Fields", ())) if form else []
    count = 0
    while fields and count < _MAX_SIGNATURES:
        field = fields.pop(0).get_object()
        fields += [kid for kid in field.get("/Kids", ()) if "/T" in kid.get_object()]
        if field.get("/FT") == "/Sig" and "/V" in field:
            count += 1
            yield field["/V"].get_object()


def _signature(value: Any) -> Signature | None:  # noqa: ANN401
    subject = _certificate_name(bytes(value.get("/Contents", b"")))
    reason = str(value.get("/Reason", "")).split("<")[0] if "<" in str(value.get("/Reason", "")) else ""
    name = subject or str(value.get("/Name", "")) or reason
    name = " ".join(name.split())
    return Signature(name, _time(str(value.get("/M", "")))) if name else None


def _certificate_name(contents: bytes) -> str:
    """The common name of the certificate that signed; "" where the signature cannot be read."""
    from cryptography.hazmat.primitives.serialization.pkcs7 import load_der_pkcs7_certificates
    from cryptography.x509 import BasicConstraints, ExtensionNotFound
    from cryptography.x509.oid import NameOID

    try:
        certificates = load_der_pkcs7_certificates(contents[: _der_length(contents)])
        for certificate in certificates:
            try:
                if certificate.extensions.get_extension_for_class(BasicConstraints).value.ca:
                    continue
            except ExtensionNotFound:
                pass
            names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
            if names and certificate.subject != certificate.issuer:
                return str(names[0].value)
    except Exception:  # noqa: S110  # any fault of a foreign certificate leaves the name unknown
        pass
    return ""


def _der_length(data: bytes) -> int:
    """Length of the DER value that `data` starts with; what follows is padding."""
    if len(data) < 2:
        return 0
    if data[1] < 0x80:
        return 2 + data[1]
    size = data[1] & 0x7F
    return 2 + size + int.from_bytes(data[2 : 2 + size], "big")


def _time(text: str) -> str | None:
    """ISO time from a PDF date ("D:20250123145323+07'00'"); None where it is none."""
    digits = text.removeprefix("D:")[:14]
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").isoformat(timespec="minutes")  # local time, as shown
    except ValueError:
        return None
