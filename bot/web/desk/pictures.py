"""Pictures that come with a form: judged as the chat judges them, and kept as it keeps them."""

from bot import judging
from bot.web.desk.visits import Visit
from storage import files


def is_one(content: bytes) -> bool:
    """Whether it is a picture, whole and of a size that one can look at."""
    return judging.judge(content, len(content), "photo") == "photo"


def kept(visit: Visit) -> str | None:
    """The hash under which the picture that came is kept now; None where none came."""
    upload = visit.upload
    if upload is None or not upload.is_picture:
        return None
    file, media = visit.files.keep(upload.content), judging.served_type(upload.content)
    files.note(visit.talk.tx, file, media, len(upload.content), visit.talk.now)
    return file


def is_strange(visit: Visit) -> bool:
    """Whether something came that is no picture."""
    return bool(visit.upload and visit.upload.content and not visit.upload.is_picture)
