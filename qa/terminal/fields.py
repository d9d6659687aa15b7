"""The header fields of a document that can be corrected by hand, as people call them."""

FIELDS = {
    "number": "Số văn bản",
    "issued_on": "Ngày ban hành",
    "issuer": "Cơ quan ban hành",
    "kind": "Loại văn bản",
    "subject": "Trích yếu",
    "place": "Nơi ban hành",
    "signer": "Người ký",
}
