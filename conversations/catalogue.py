"""All forms by name, the earlier versions too, so that a running session keeps the one it began."""

from collections.abc import Iterator

from conversations.form import Form
from conversations.session import Run


class Catalogue:
    """The forms that are there; a later entry of the same name must have a higher version."""

    def __init__(self, forms: tuple[Form, ...]) -> None:
        self._forms = {(form.name, form.version): form for form in forms}
        self._newest: dict[str, Form] = {}
        for form in sorted(forms, key=lambda form: form.version):
            self._newest[form.name] = form
        for form in self._newest.values():
            self._check(form)

    def _check(self, form: Form) -> None:
        """Refuse a form that leaves a running session of an earlier version nowhere to go."""
        for version in range(1, form.version):
            kept = (form.name, version) in self._forms
            if not kept and any(v not in form.migrations for v in range(version, form.version)):
                raise ValueError(f"{form.name}: no way on from version {version}")

    def __getitem__(self, name: str) -> Form:
        """The newest version of the form; KeyError when there is no such form."""
        return self._newest[name]

    def __iter__(self) -> Iterator[Form]:
        """Each form once, in its newest version."""
        return iter(self._newest.values())

    def of(self, run: Run) -> Form:
        """The form that goes on with the run: the version it began under, else the newest."""
        return self._forms.get((run.form, run.version)) or self._newest[run.form]
