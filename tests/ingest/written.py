"""Samples of formats that are not text, written by the letter of their standards."""

import io
from pathlib import Path


def write_pdf(path: Path, pages: list[list[str]], titles: list[str]) -> None:
    """A PDF by the letter of ISO 32000, each title an entry of its outline."""
    objects = ["<< /Type /Catalog /Pages 2 0 R /Outlines 3 0 R >>", "", ""]
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects.append(font)
    kids = []
    for lines in pages:
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 50 700 Td {shown} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        resources = f"/Resources << /Font << /F1 4 0 R >> >> /Contents {len(objects)} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] {resources} >>")
        kids.append(len(objects))
    entries = [len(objects) + 1 + number for number in range(len(titles))]
    for number, title in enumerate(titles):
        around = f"/Next {entries[number + 1]} 0 R" if number + 1 < len(titles) else ""
        place = f"/Dest [{kids[number]} 0 R /Fit]"
        objects.append(f"<< /Title ({title}) /Parent 3 0 R {around} {place} >>")
    references = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{references}] >>"
    ends = f"/First {entries[0]} 0 R /Last {entries[-1]} 0 R" if entries else ""
    objects[2] = f"<< /Type /Outlines /Count {len(titles)} {ends} >>"
    path.write_bytes(_assemble(objects))


def _assemble(objects: list[str]) -> bytes:
    content, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n{each}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return content + tail.encode() + f"startxref\n{len(content)}\n%%EOF".encode()


def write_warc(path: Path, pages: dict[str, tuple[bytes, str]]) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        for url, (content, kind) in pages.items():
            headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
            body = io.BytesIO(content)
            record = writer.create_warc_record(url, "response", payload=body, http_headers=headers)
            writer.write_record(record)
