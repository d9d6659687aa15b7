"""What the operating system says of a file, in Vietnamese."""

from __future__ import annotations

import errno

_WORDS = {
    errno.ENOENT: "không có tệp hay thư mục này",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EISDIR: "đây là một thư mục",
    errno.ENOTDIR: "một phần của đường dẫn không phải thư mục",
    errno.EEXIST: "đã có tệp trùng tên",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EMFILE: "đang mở quá nhiều tệp",
    errno.EBUSY: "tệp đang được chương trình khác dùng",
    errno.ETIMEDOUT: "ổ mạng không trả lời",
    errno.EIO: "ổ đĩa đọc ghi lỗi",
}


def system_reason(error: OSError) -> str:
    """Why a file could not be used; in the system's own words where we have no others."""
    return _WORDS.get(error.errno or 0) or error.strerror or type(error).__name__
