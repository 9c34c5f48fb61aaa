"""Write the small models of `knowledge.community`: `python -m tests.handlers.training`.

They learn from the sentences beside this file (never from `unseen.txt`), `leanings` from the
pack's 问法 too. `weighing` learns how far lists and `leanings` can be believed from what those say
of sentences that they have not learnt from: each fifth is read with a model of the other four.
Wants scikit-learn (`pip install scikit-learn`); nothing else does.
"""

from __future__ import annotations

from contextlib import contextmanager
from hashlib import sha256
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from handlers.intents import read, weighing
from handlers.intents.plain import plain
from knowledge.community.tickets.categories import category
from knowledge.community.words import leanings
from knowledge.community.words.leanings import Model, Weights, pieces
from knowledge.faq.sheet import read_entries
from tests.handlers.samples import rows, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
LISTS = ROOT / "knowledge" / "community" / "lists"
FILES = {
    "emergencies": "danger",
    "reports": "request",
    "services": "request",
    "asked": "request",
    "frauds": "swindle",
    "calm": "talk",
    "questions": "talk",
    "chatter": "talk",
    "notreports": "talk",
    "notfrauds": "talk",
}
HEARD = {"emergency": "danger", "request": "request", "fraud": "swindle"}
WEIGHED = {"swindle": "neither", "talk": "neither"}
FOLDS = 5
BELIEF, EVIDENCE = 10.0, 0.5
"""How freely the weights of pieces and of evidence may grow; chosen by cross-validation."""
SEEN = 2
"""How often a piece must occur."""
MUTE = {"leanings": 120, "subjects": 220, "kinds": 200, "lanes": 200}
"""Hundredths below which a piece says nothing worth shipping."""

Said = list[tuple[str, str]]
"""Class and plain text."""


def examples() -> Said:
    """Every sentence written for this project, `unseen` left out."""
    said = [(kind, plain(text)) for name, kind in FILES.items() for text in sentences(name)]
    heard = (*rows("heard"), *rows("overheard"), *rows("money"))
    told = [(row[0], plain(row[-1])) for row in rows("told")]
    return said + [(HEARD.get(label, "talk"), plain(text)) for label, text in heard] + told


def subjects() -> Said:
    """Return (category, plain text) of every danger and request whose category is known."""
    listed = [(row[-2], row[-1]) for name in ("reports", "services", "asked") for row in rows(name)]
    told = [(row[1], row[-1]) for row in rows("told")]
    dangers = [(code, text) for code, text in rows("emergencies")]
    return [(code, plain(text)) for code, text in listed + told + dangers if code not in "*-"]


def kinds() -> Said:
    """Return (kind, plain text) of every request whose kind is known, or goes with its category."""
    told = [(row[3], row[-1]) for row in rows("told") if row[0] == "request"]
    listed = [(row[0], row[-1]) for row in rows("reports")]
    coded = [(row[-2], row[-1]) for name in ("services", "asked") for row in rows(name)]
    named = [(known.kind, text) for code, text in coded if (known := category(code))]
    return [(kind, plain(text)) for kind, text in told + listed + named if kind != "-"]


def lanes() -> Said:
    """Return (lane, plain text) of every request whose lane is known, or goes with its category."""
    told = [(row[2], row[-1]) for row in rows("told") if row[0] == "request"]
    coded = [(row[-2], row[-1]) for name in ("reports", "asked") for row in rows(name)]
    named = [(known.lane, text) for code, text in coded if (known := category(code))]
    return [(lane, plain(text)) for lane, text in told + named if lane in {"P1", "P2", "P3"}]


def asked() -> Said:
    """The questions of the pack."""
    entries, _ = read_entries(ROOT / "knowledge" / "pack" / "faq")
    return [("talk", plain(text)) for one in entries for text in (one.question, *one.variants)]


def stamp() -> str:
    """Return what tells whether the files were learnt from these very sentences."""
    said = examples() + subjects() + kinds() + lanes()
    return sha256("\n".join(map("\t".join, said)).encode()).hexdigest()[:16]


def learn(said: Said, mute: int) -> Model:
    """Multinomial logistic regression over pieces, the rare ones counting for more."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    rarity = TfidfVectorizer(analyzer=pieces, binary=True, min_df=SEEN)
    found = rarity.fit_transform([text for _, text in said])
    fitted = LogisticRegression(C=BELIEF, max_iter=400).fit(found, [kind for kind, _ in said])
    lines = []
    for nth, piece in sorted(enumerate(rarity.get_feature_names_out()), key=itemgetter(1)):
        rare = rarity.idf_[nth]
        weights = enumerate(_hundredths(fitted.coef_[:, nth] * rare))
        kept = [f"{at} {one}" for at, one in weights if abs(one) >= mute]
        if kept:
            lines.append("\t".join((piece, " ".join((*map(str, _hundredths([rare])), *kept)))))
    told = "\n".join((*lines, "")).encode()
    return Model(_names(fitted), tuple(_hundredths(fitted.intercept_)), told)


def weigh(said: Said) -> Weights:
    """Multinomial logistic regression over what is found in sentences not learnt from."""
    from sklearn.linear_model import LogisticRegression

    seen: list[list[float]] = []
    kinds: list[str] = []
    for fold in range(FOLDS):
        others = [one for nth, one in enumerate(said) if nth % FOLDS != fold]
        with believing(learn(others, MUTE["leanings"])):
            for kind, text in said[fold::FOLDS]:
                seen.append(list(weighing.evidence(text).values()))
                kinds.append(WEIGHED.get(kind, kind))
    fitted = LogisticRegression(C=EVIDENCE, max_iter=3000).fit(seen, kinds)
    rows = tuple(tuple(_hundredths(row)) for row in fitted.coef_.T)
    return Weights(_names(fitted), tuple(_hundredths(fitted.intercept_)), rows)


def _names(fitted: Any) -> tuple[str, ...]:
    return tuple(map(str, fitted.classes_))


def _hundredths(numbers: Any) -> list[int]:
    return [round(100 * float(one)) for one in numbers]


@contextmanager
def believing(model: Model) -> Iterator[None]:
    """Let `leaning` answer from that model."""
    shipped = leanings._model

    def ours(name: str) -> Model:
        return model if name == "leanings" else shipped(name)

    forget()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(leanings, "_model", ours)
        yield
    forget()


def forget() -> None:
    """Let nothing be remembered of what an earlier model said."""
    for forget_one in (
        leanings.leaning.cache_clear,
        weighing.find.cache_clear,
        weighing.weigh.cache_clear,
        read.read_plain.cache_clear,
        read.read_matter.cache_clear,
    ):
        forget_one()


def main() -> None:
    """Learn and write all files."""
    for name, said in (
        ("subjects", subjects()),
        ("kinds", kinds()),
        ("lanes", lanes()),
        ("leanings", examples() + asked()),
    ):
        model = learn(said, MUTE[name])
        _keep(name, model, model.told.decode())
    found = weigh(examples() + asked())
    rows = (
        "\t".join((name, " ".join(map(str, row))))
        for name, row in zip(weighing.names(), found.rows, strict=True)
    )
    _keep("weighing", found, "\n".join(rows) + "\n")


def _keep(name: str, model: Model | Weights, told: str) -> None:
    """Write a file: what it was learnt from, the classes, what is always added, then the lines."""
    head = (
        f"# Hundredths. Learnt from {stamp()}.",
        "\t".join(("", *model.classes)),
        "\t".join(("", " ".join(map(str, model.always)))),
    )
    (LISTS / f"{name}.txt").write_text("\n".join((*head, told)), encoding="utf-8")


if __name__ == "__main__":
    main()
