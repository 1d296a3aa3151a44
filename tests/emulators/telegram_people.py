"""People with Telegram on their phone: what they do becomes updates, as Telegram writes them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

from aiogram.types import (
    Animation,
    Audio,
    CallbackQuery,
    Chat,
    ChatMemberBanned,
    ChatMemberMember,
    ChatMemberUpdated,
    Contact,
    Document,
    InlineKeyboardMarkup,
    Location,
    Message,
    MessageEntity,
    PhotoSize,
    Sticker,
    TelegramObject,
    Update,
    User,
    VideoNote,
    Voice,
)

MOST_FILE = 20 * 1024 * 1024


def written(thing: TelegramObject) -> dict[str, Any]:
    """The thing as JSON has it: names as in the API, nothing that is not there."""
    return thing.model_dump(mode="json", by_alias=True, exclude_none=True)


@dataclass
class Cloud:
    """What Telegram itself keeps: the numbers it gives out, all files, and where updates go."""

    me: User
    tell: Callable[[dict[str, Any]], None]
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    files: dict[str, bytes] = field(default_factory=dict)
    queries: set[str] = field(default_factory=set)
    messages: "count[int]" = field(default_factory=lambda: count(10))
    updates: "count[int]" = field(default_factory=lambda: count(700_000_000))

    def keep(self, content: bytes, kind: str) -> tuple[str, str]:
        """Keep the content; its id for this bot, and its id for all."""
        number = len(self.files) + 1
        name = f"{kind}-{number}"
        self.files[name] = content
        return name, f"unique{number}"

    def update(self, **what: Any) -> dict[str, Any]:
        """Tell the bot."""
        raw = written(Update(update_id=next(self.updates), **what))
        self.tell(raw)
        return raw


@dataclass(frozen=True)
class Shown:
    """A message of the bot on the screen."""

    id: int
    text: str
    buttons: tuple[tuple[str, str], ...] = ()  # label and data
    rows: tuple[int, ...] = ()  # how many buttons are in each
    file: bytes | None = None
    name: str = ""


@dataclass
class Person:
    """Somebody who has pressed Start; ``screen`` is what the bot has written to them."""

    cloud: Cloud
    id: int
    name: str
    started: bool = True
    blocked: bool = False
    screen: list[Shown] = field(default_factory=list)
    sent: list[Message] = field(default_factory=list)

    @property
    def user(self) -> User:
        return User(id=self.id, is_bot=False, first_name=self.name, language_code="vi")

    @property
    def chat(self) -> Chat:
        return Chat(id=self.id, type="private", first_name=self.name)

    def says(self, text: str) -> None:
        head = text.split(maxsplit=1)[0] if text.strip() else ""
        command = MessageEntity(type="bot_command", offset=0, length=len(head))
        entities = [command] if text.startswith("/") else None
        self.sends(text=text, entities=entities)

    def taps(self, label: str) -> None:
        """Tap the button on the newest message that has it; its number need not be named."""
        shown, data = next(
            (shown, data)
            for shown in reversed(self.screen)
            for on_it, data in shown.buttons
            if label in (on_it, on_it.partition(" · ")[2])
        )
        under = Message(
            message_id=shown.id,
            date=self.cloud.now(),
            chat=self.chat,
            from_user=self.cloud.me,
            text=shown.text or None,
        )
        query = f"query{next(self.cloud.messages)}"
        self.cloud.queries.add(query)
        tapped = CallbackQuery(
            id=query, from_user=self.user, chat_instance="42", message=under, data=data
        )
        self.cloud.update(callback_query=tapped)

    def sends_photo(
        self, content: bytes, caption: str | None = None, album: str | None = None
    ) -> None:
        """Send a picture; Telegram offers it in three sizes, the best one last but one."""
        small, unique = self.cloud.keep(content[:20], "photo")
        best, other = self.cloud.keep(content, "photo")
        sizes = [(small, unique, 90, 67), (best, other, 1280, 960), (small, unique, 320, 240)]
        photo = [
            PhotoSize(
                file_id=name,
                file_unique_id=one,
                width=width,
                height=height,
                file_size=len(self.cloud.files[name]),
            )
            for name, one, width, height in sizes
        ]
        self.sends(photo=photo, caption=caption, media_group_id=album)

    def sends_document(
        self, name: str, content: bytes, kind: str = "application/pdf", *, size: int | None = None
    ) -> None:
        file, unique = self.cloud.keep(content, "document")
        document = Document(
            file_id=file,
            file_unique_id=unique,
            file_name=name,
            mime_type=kind,
            file_size=len(content) if size is None else size,
        )
        self.sends(document=document)

    def sends_voice(self, content: bytes) -> None:
        file, unique = self.cloud.keep(content, "voice")
        self.sends(
            voice=Voice(file_id=file, file_unique_id=unique, duration=3, file_size=len(content))
        )

    def sends_audio(self, content: bytes) -> None:
        file, unique = self.cloud.keep(content, "audio")
        self.sends(
            audio=Audio(file_id=file, file_unique_id=unique, duration=3, file_size=len(content))
        )

    def sends_video_note(self, content: bytes) -> None:
        file, unique = self.cloud.keep(content, "video_note")
        self.sends(
            video_note=VideoNote(
                file_id=file, file_unique_id=unique, length=240, duration=3, file_size=len(content)
            )
        )

    def sends_animation(self, content: bytes) -> None:
        """Send a moving picture, which Telegram calls a document too."""
        file, unique = self.cloud.keep(content, "animation")
        moving = Animation(file_id=file, file_unique_id=unique, width=9, height=9, duration=1)
        self.sends(animation=moving, document=Document(file_id=file, file_unique_id=unique))

    def sends_sticker(self) -> None:
        file, unique = self.cloud.keep(b"RIFF", "sticker")
        self.sends(
            sticker=Sticker(
                file_id=file,
                file_unique_id=unique,
                type="regular",
                width=512,
                height=512,
                is_animated=False,
                is_video=False,
                emoji="🌾",
            )
        )

    def shares_contact(self, phone: str, *, own: bool) -> None:
        whose = self.id if own else None
        self.sends(contact=Contact(phone_number=phone, first_name=self.name, user_id=whose))

    def shares_location(self, latitude: float, longitude: float) -> None:
        self.sends(location=Location(latitude=latitude, longitude=longitude))

    def edits(self, text: str) -> None:
        """Change the words of what was sent last."""
        last = self.sent[-1]
        changed = last.model_copy(
            update={"text": text, "edit_date": int(self.cloud.now().timestamp())}
        )
        self.cloud.update(edited_message=changed)

    def blocks(self) -> None:
        self.blocked = True
        self._meets(ChatMemberBanned, ChatMemberMember)

    def unblocks(self) -> None:
        self.blocked = False
        self._meets(ChatMemberMember, ChatMemberBanned)

    def sends(self, chat: Chat | None = None, **content: Any) -> None:
        """Send a message with that content."""
        message = Message(
            message_id=next(self.cloud.messages),
            date=self.cloud.now(),
            chat=chat or self.chat,
            from_user=self.user,
            **content,
        )
        self.started = True
        self.sent.append(message)
        self.cloud.update(message=message)

    def sees(self, message: Message, file: bytes | None = None, name: str = "") -> None:
        """Find a message of the bot on the screen."""
        markup = message.reply_markup or InlineKeyboardMarkup(inline_keyboard=[])
        rows = markup.inline_keyboard
        buttons = tuple((one.text, one.callback_data or "") for row in rows for one in row)
        text = message.text or message.caption or ""
        place = message.message_id
        self.screen.append(Shown(place, text, buttons, tuple(map(len, rows)), file, name))

    def _meets(self, after: Callable[..., Any], before: Callable[..., Any]) -> None:
        bot = self.cloud.me
        forever = {"until_date": datetime.fromtimestamp(0, UTC)}
        states = [
            kind(user=bot, **(forever if kind is ChatMemberBanned else {}))
            for kind in (before, after)
        ]
        self.cloud.update(
            my_chat_member=ChatMemberUpdated(
                chat=self.chat,
                from_user=self.user,
                date=self.cloud.now(),
                old_chat_member=states[0],
                new_chat_member=states[1],
            )
        )
