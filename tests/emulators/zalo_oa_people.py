"""The people of the emulated Official Account."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.emulators.zalo_oa import OaEmulator

OA = "8000000000000000001"


@dataclass
class Follower:
    """Somebody with Zalo on their phone, in a chat with the account."""

    service: "OaEmulator"
    id: str
    acted_at: float
    gone: bool = False
    messages: list[dict[str, Any]] = field(default_factory=list)

    def says(self, text: str) -> None:
        self.does("user_send_text", text=text)

    def taps(self, title: str) -> None:
        """Tap a button by its title, on the newest message that has it."""
        for message in reversed(self.messages):
            for button in message.get("buttons", ()):
                if button["title"] == title:
                    self.says(button["payload"])
                    return
        raise AssertionError(f"no button {title}")

    def sends(self, event: str, *contents: bytes) -> None:
        """Send files of one kind: ``image``, ``audio``, ``file``."""
        payloads = [
            {"url": self.service.serve(content), "size": str(len(content)), "name": "hồ sơ.pdf"}
            for content in contents
        ]
        attachments = [{"type": event, "payload": payload} for payload in payloads]
        self.does(f"user_send_{event}", attachments=attachments)

    def sends_sticker(self) -> None:
        self.does("user_send_sticker", attachments=[{"type": "sticker", "payload": {"id": "1"}}])

    def shares_location(self, latitude: float, longitude: float) -> None:
        where = {"latitude": str(latitude), "longitude": str(longitude)}
        payload = {"coordinates": where}
        self.does("user_send_location", attachments=[{"type": "location", "payload": payload}])

    def does(self, event: str, **content: Any) -> None:
        self.acted_at = self.service.clock()
        self.service.happened(self, event, content)

    def follows(self, *, here: bool) -> None:
        self.gone = not here
        name = "follow" if here else "unfollow"
        self.service.tell({"oa_id": OA, "follower": {"id": self.id}, "event_name": name})

    def sees(self) -> list[str]:
        return [message["text"] for message in self.messages if "text" in message]
