"""An embedder without a model, and small reports, for the tests of this package."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.tokens import words
from index.types import Vectors


class HashingEmbedder:
    """A bag of hashed folded syllables: enough for a nearest vector to mean something. Counts what it encodes."""

    def __init__(self, name: str = "hashing", dimension: int = 96) -> None:
        self.name = name
        self.dimension = dimension
        self.fingerprint = f"{name}-{dimension}"
        self.encoded = 0

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            for word in words(text).folded:
                vectors[row, zlib.crc32(word.encode()) % self.dimension] += 1.0
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        return self.encode_queries(texts)


def report(number: str, year: int, topic: str, figure: str, district: str = "Sơn Hải") -> str:
    """A small report in the shape of real ones."""
    return f"""HUYỆN ỦY {district.upper()}
*
Số {number}

ĐẢNG CỘNG SẢN VIỆT NAM
{district}, ngày 15 tháng 4 năm {year}

BÁO CÁO
Tổng kết công tác {topic} năm {year}

Thực hiện Nghị quyết số 20-NQ/TW, ngày 01/11/2012 của Ban Chấp hành Trung ương, Huyện ủy báo cáo như sau:

I. KẾT QUẢ THỰC HIỆN
1. Về {topic}
Tổng giá trị {topic} toàn huyện đạt {figure} tỷ đồng. Ủy ban Mặt trận Tổ quốc (MTTQ) phối hợp tuyên truyền.
2. Về tuyên truyền
Tổ chức 12 hội nghị cho cán bộ, đảng viên.

II. TỒN TẠI, HẠN CHẾ
Việc ứng dụng khoa học và công nghệ còn chậm.

III. KIẾN NGHỊ
Đề nghị tỉnh hỗ trợ kinh phí cho {topic}.
"""


TOPICS = ("trồng chè", "chăn nuôi", "thủy sản", "du lịch", "giáo dục", "y tế", "giao thông", "môi trường")


def write_reports(folder: Path, count: int) -> list[Path]:
    """As many different reports as asked for."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for position in range(count):
        path = folder / f"bao-cao-{position:03}.txt"
        topic = TOPICS[position % len(TOPICS)]
        path.write_text(report(f"{position + 10}-BC/HU", 2015 + position % 8, topic, f"{position + 1}.250"), "utf-8")
        paths.append(path)
    return paths
