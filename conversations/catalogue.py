"""All forms by name, the earlier versions too, so that a running session keeps the one it began."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from conversations.form import Facts, Form
from conversations.session import Run

Family = Callable[[Facts], Form]


class Catalogue:
    """The forms that are there; a later entry of the same name must have a higher version.

    ``families`` make the form of a run from its facts: the criteria sheet of a product set.
    """

    def __init__(
        self, forms: tuple[Form, ...], families: Mapping[str, Family] = MappingProxyType({})
    ) -> None:
        self._families = families
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

    def named(self, name: str, facts: Facts) -> Form:
        """The newest form of that name, for these facts; KeyError when there is none."""
        family = self._families.get(name)
        return family(facts) if family else self._newest[name]

    def of(self, run: Run) -> Form:
        """The form that goes on with the run: the version it began under, else the newest."""
        if run.form in self._families:
            return self._families[run.form](run.facts)
        return self._forms.get((run.form, run.version)) or self._newest[run.form]
