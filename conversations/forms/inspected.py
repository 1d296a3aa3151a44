"""Ảnh kiểm tra: what an officer photographs at a site: the place, the products, samples."""

from conversations.answers import Photos
from conversations.form import Form, Question

inspected = Form(
    name="inspected",
    version=1,
    review=False,
    questions=(Question("photos", Photos(most=8), optional=True, called="anh|photos"),),
)
