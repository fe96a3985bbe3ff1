"""Pydantic model of ``skin_judge.yaml``: which sentences the learned judge of skin reads, and from when on it speaks."""

from __future__ import annotations

from scribe.rules.condition_schema import Share, Strict, When


class SkinJudgeFile(Strict):
    """``skin_judge.yaml``.

    Attributes:
        considers: The notes that it reads, judged by the facts of the rules.
        signal: The signal that it gives.
        label: What the signal is, in a few words.
        meaning: What each of its values means.
        sources: Of what follows from it.
        least: By class, the least probability at which it is told where the rules are silent.
        doubts: The same where it only speaks against a rule; what is less probable than ``least`` is marked ``weak``.
        frames: Frames of the sentences that it reads.
        silent_sections: Sections in which it reads none.
        tags: A sentence with one of these is read.
        behind: How many sentences behind such a one are read as well.
        not_behind: None behind that has one of these tags.
        joined: From the first sentence with one of these tags on, the flap's vessels are joined.
    """

    considers: When
    signal: str
    label: str
    meaning: str
    sources: tuple[str, ...]
    least: dict[str, Share]
    doubts: Share
    frames: tuple[str, ...]
    silent_sections: tuple[str, ...]
    tags: tuple[str, ...]
    behind: int
    not_behind: tuple[str, ...]
    joined: tuple[str, ...]
