"""Đã sửa: photos by which a producer shows that what an inspection found is mended."""

from conversations.answers import Photos
from conversations.form import Form, Question

mended = Form(
    name="mended",
    version=1,
    review=False,
    questions=(Question("photos", Photos(most=4), called="anh|photos"),),
)
