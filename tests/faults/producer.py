"""A producer who fills her profile and then ideas, whatever happens to the server meanwhile."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from conversations.messages import Message
from tests.faults.phone import Line, Phone
from tests.wording import WORDING

PATIENCE = 60.0  # seconds; who waits longer for an answer has lost something


def _endings() -> dict[str, str]:
    """How each letter that wants an answer ends: by this she knows what is asked."""
    done = dict.fromkeys(WORDING.arguments("vi", "idea.done"), "?")
    asked = [key for key in WORDING.keys("vi") if ".ask_" in key]
    messages = {
        **{key: [Message(key)] for key in asked if not WORDING.arguments("vi", key)},
        "confirm": [Message("engine.confirm", {"value": "?"})],
        "review": [Message("engine.review_ask")],
        "done": [Message("idea.done", done)],
        "menu": [Message("menu.menu", {"turn": turn}) for turn in range(2)],
        "listening": [Message("engine.listening", {"turn": turn}) for turn in range(3)],
    }
    return {
        WORDING.letters("vi", message)[-1].text.splitlines()[-1]: key
        for key, several in messages.items()
        for message in several
    }


_ENDINGS = _endings()


def question(line: Line) -> str:
    """What the line asks, by its last words; empty when it asks nothing."""
    last = line.text.splitlines()[-1] if line.who == "bot" and line.text else ""
    found = [ending for ending in _ENDINGS if last.endswith(ending)]
    return _ENDINGS[max(found, key=len)] if found else ""


@dataclass
class Producer:
    """One scripted person: she answers the newest question on her screen, and only that one."""

    number: int
    phone: Phone
    pace: Callable[[], float]  # how many seconds she thinks
    ideas: int = 0
    wants_more: bool = True

    def profile(self) -> dict[str, Any]:
        """What must be stored of her in the end."""
        return {
            "name": f"HTX Bản Liền số {self.number}",
            "kind": "cooperative",
            "commune": "xã Bản Liền",
            "representative": f"Vàng Thị Mai {self.number}",
            "gender": "female",
            "ethnicity": "Tày",
            "address": f"nhà số {self.number}, thôn Đội 1",
            "phone": f"09123{self.number:05d}",
        }

    def idea(self, nth: int) -> dict[str, Any]:
        """What must be stored of her idea of that number in the end."""
        return {
            "name": f"gạo nếp nhà {self.number} vụ {nth}",
            "stage": "existing",
            "materials": [
                {"name": f"thóc ruộng {nth}", "shares": {"commune": 70, "province": 100}}
            ],
            "labour": {"total": 12 + nth, "local": 10},
            "packaging": f"túi giấy kiểu {nth}",
            "special": f"giống nếp cũ của bản\ngặt tay vụ {nth}",
            "papers": ["registration", "food_safety"],
            "season": [9, 10, 11],
            "star": 3,
        }

    async def live(self) -> None:
        """Greet, register, and hand in ideas until nobody wants more of them."""
        watching = asyncio.create_task(self.phone.watch())
        await self.phone.say("chào em")
        line = await self._next_question(0)
        while not (question(line) == "done" and not self.wants_more):
            await asyncio.sleep(self.pace())
            line = self._newest(line.seq) or line
            await self._answer(line)
            line = await self._next_question(line.seq)
        watching.cancel()

    async def _next_question(self, after: int) -> Line:
        async with asyncio.timeout(PATIENCE):
            while not (line := self._newest(after)):
                self.phone.new.clear()
                await self.phone.new.wait()
        return line

    def _newest(self, after: int) -> Line | None:
        asked = [line for line in self.phone.lines if line.seq > after and question(line)]
        return asked[-1] if asked else None

    async def _answer(self, line: Line) -> None:
        asked = question(line)
        if asked == "idea.ask_name":
            self.ideas += 1
        for reply in self._replies()[asked]:
            if isinstance(reply, int):
                await self.phone.tap(line.choices[reply])
            else:
                await self.phone.say(reply)

    def _replies(self) -> dict[str, tuple[str | int, ...]]:
        """What she answers to each question: texts, or the place of a button."""
        me, idea = self.profile(), self.idea(self.ideas)
        return {
            "consent.ask_dossier": ("đồng ý",),
            "consent.ask_messages": (0,),
            "menu": ("dang ky san pham",),
            "done": ("dang ky san pham",),
            "confirm": (0,),
            "review": ("gửi",),
            "profile.ask_whose": (0,),
            "profile.ask_name": (me["name"],),
            "profile.ask_kind": ("hop tac xa",),
            "profile.ask_commune": ("Bản Liền, Lào Cai",),
            "profile.ask_representative": (me["representative"],),
            "profile.ask_gender": (0,),
            "profile.ask_ethnicity": (me["ethnicity"],),
            "profile.ask_address": (me["address"],),
            "profile.ask_phone": (me["phone"],),
            "profile.ask_email": ("bỏ qua",),
            "profile.ask_registration": ("bỏ qua",),
            "profile.ask_registered_on": ("bỏ qua",),
            "idea.ask_name": (idea["name"],),
            "idea.ask_stage": (1,),
            "idea.ask_materials_name": (idea["materials"][0]["name"],),
            "idea.ask_materials_shares": ("xã 70%, tỉnh 100%",),
            "idea.ask_labour": (f"{idea['labour']['total']} người, 10 người trong xã",),
            "idea.ask_packaging": (idea["packaging"],),
            "idea.ask_special": (idea["special"].splitlines()[0],),
            "listening": (idea["special"].splitlines()[1], "xong"),
            "idea.ask_papers": ("1, 3",),
            "idea.ask_season": ("tháng 9 đến tháng 11",),
            "idea.ask_star": ("3",),
            "idea.ask_round": (0,),
        }
