"""Build the spaCy and medspaCy engine and run it: note in, sentences of tagged words out.

medspaCy's own sentence splitter writes note text to a log; it stays out of the pipeline, and its logger is silenced before anything else.
"""

from __future__ import annotations

import warnings
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from scribe.parse.acronyms import with_acronyms
from scribe.parse.answers import read_answers
from scribe.parse.axes import join_axes
from scribe.parse.context import CueFilter, counterfactuals, scope_cues
from scribe.parse.corrections import CorrectionCues, resolve_corrections, retract_before
from scribe.parse.edits import Edits, Span, merged
from scribe.parse.forms import read_forms
from scribe.parse.frames import (
    begins_work,
    frame_after_break,
    infer_frame,
    infer_unnamed,
    leave_diagnosis,
    leave_flashback,
    leave_history,
    leave_title,
    names_risks,
)
from scribe.parse.gate import may_concern
from scribe.parse.intended import Intended
from scribe.parse.items import make_items, merge, with_heard, without_names, without_unchecked
from scribe.parse.layout import Stretches
from scribe.parse.matcher import CueHit, TermMatcher
from scribe.parse.measures import MeasureReader
from scribe.parse.medspacy_alone import import_medspacy
from scribe.parse.nesting import nest
from scribe.parse.placeholders import PlaceholderReader
from scribe.parse.records import join_records
from scribe.parse.respelling import Respeller
from scribe.parse.sections import SectionReader
from scribe.parse.sentences import (
    Piece,
    cut,
    is_transcribed,
    spoken_punctuation,
    with_apostrophes,
    with_spoken_pairs,
    with_whole_words,
    without_fillers,
)
from scribe.parse.set_aside import SetAside, blanked
from scribe.parse.short_names import know_again
from scribe.parse.soundalikes import SoundMatcher
from scribe.parse.tables import read_columns
from scribe.parse.toe_bones import name_toe_bones
from scribe.parse.tokens import Token, tokenize
from scribe.parse.undone import Undone
from scribe.types.mention import Cue, Item, ParsedNote, Placeholder, Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scribe.parse.tables import Table
    from scribe.rules.language import Language
    from scribe.rules.words_schema import WordsFile
    from scribe.types.note import Note, Section

_LEAST_HEADINGS = 2  # of those that the pack knows: a note with fewer is read as one without
_NO_TELLING = frozenset({"heading", "admin", "title", "implants", "codes"})


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a note with what stands in them, before they are divided into sentences.

    Attributes:
        doc: The same words for spaCy.
        tokens: The words.
        items: Words and terms, with their concepts.
        cue_hits: Context cues, in order.
        spoken: True where it was dictated, or has no headings to tell otherwise.
        headed: True where enough known headings divide it.
    """

    doc: Any
    tokens: list[Token]
    items: list[Item]
    cue_hits: list[CueHit]
    spoken: bool
    headed: bool


def build_parser(language: Language) -> Parser:
    """Build the engine once; it may then read any number of notes.

    The NLP libraries are imported here and nowhere else, so that everything that needs no note stays fast.
    """
    from loguru import logger

    logger.disable("PyRuSH")
    import_medspacy()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import spacy
        from spacy.util import registry
        from spacy.vocab import Vocab

    registry.tokenizers("scribe.words.v1", func=_words_tokenizer)
    # A bare vocabulary and no tokenizer of English: what spaCy else works out of each word (shape, likeness to a URL) and of its
    # abbreviations nobody asks for, at a second of the start.
    config = {"nlp": {"tokenizer": {"@tokenizers": "scribe.words.v1"}}}
    return Parser(spacy.blank("en", vocab=Vocab(), config=config), language)


def _words_tokenizer() -> Callable[[Any], Callable[[str], Any]]:
    """Return what makes a tokenizer that cuts at blanks, for spaCy's configuration; literals are words already."""
    from spacy.tokens import Doc

    return lambda nlp: lambda text: Doc(nlp.vocab, words=text.split(" "))


def _tells_nothing(tokens: list[Token], piece: Piece, section: Section, words: WordsFile) -> bool:
    """Tell whether a sentence is a heading, or a question that a template asks."""
    last = tokens[piece.after - 1]
    asks = last.word == "?" and tokens[piece.first].word in words.sentences.asks
    in_heading = last.end <= section.start and all(
        tokens[k].word not in words.telling.in_headings for k in range(piece.first, piece.after)
    )
    return bool(in_heading and section.name) or asks


class Parser:
    """Divide notes into sections and sentences of tagged words."""

    def __init__(self, nlp: Any, language: Language) -> None:
        """Compile the rules."""
        from spacy.tokens import Doc

        self._nlp = nlp
        self._doc = Doc
        self._gate = language.gate.ways
        self._language = language
        self._words = language.words
        self._matcher = TermMatcher(nlp, language)
        self._respeller = Respeller(language)
        self._sounds = SoundMatcher(language)
        self._measures = MeasureReader(language.measures)
        self._sections = SectionReader(language.sections)
        self._set_aside = SetAside(language.sections.set_aside)
        self._placeholders = PlaceholderReader(language.measures, language.words.answers)
        self._cues = CueFilter(language.context, language.words.sentences)
        self._within_clause = {
            r.id: r.within_clause for r in language.context.rules if r.within_clause
        }
        self._corrections = CorrectionCues(language.context)
        self._edits = Edits(language.sections.edits)
        self._undone = Undone(language.context.undone)
        self._intended = Intended(language.context.intended)

    def parse(self, note: Note) -> ParsedNote:
        """Divide one note; its text is never changed."""
        set_aside, text = self._set_aside.read(note.text)
        parsed = self._divide(note, text, set_aside)
        taken_back = self._edits.find(text, parsed.sentences) if parsed.sentences else ()
        if not taken_back:
            return parsed
        spans = merged([*set_aside, *taken_back])
        return self._divide(note, blanked(text, taken_back, joins=True), spans)

    def _divide(self, note: Note, text: str, set_aside: tuple[Span, ...]) -> ParsedNote:
        """Divide one note of which some may be blanked."""
        headings = self._sections.headings(text)
        sections = self._sections.sections(text, headings)
        untold = ParsedNote(
            note=note,
            sections=sections,
            sentences=(),
            placeholders=(),
            has_headings=bool(headings),
            set_aside=set_aside,
            counting=text if set_aside else None,
        )
        if not self._may_concern(text):
            return untold
        placeholders = self._placeholders.find(text)
        tokens = with_apostrophes(tokenize(text), self._words.sentences)
        tokens = with_whole_words(tokens, self._words.sentences)
        tokens = with_spoken_pairs(tokens, self._words.sentences)
        headed = sum(h.name is not None for h in headings) >= _LEAST_HEADINGS
        speaks_marks = spoken_punctuation(tokens, self._words.sentences)
        heard = speaks_marks or not headed or is_transcribed(tokens, self._words.sentences)
        if heard:
            tokens = self._respeller.respell(without_fillers(tokens, self._words.sentences))
        form = read_forms(text, tokens, self._words)
        breaks = frozenset(h.start for h in headings) | frozenset(
            h.end for h in headings if h.own_line or not (h.phase or h.is_label)
        )
        pieces = cut(text, form.tokens, breaks, self._words.sentences, form.lines)
        words = self._read(
            text,
            form.tokens,
            pieces,
            placeholders,
            speaks_marks=speaks_marks,
            heard=heard,
            headed=headed,
        )
        read = self._sentences(words, pieces, sections)
        return replace(
            untold,
            sentences=self._told(self._gathered(text, read, form.tables), headed=words.headed),
            placeholders=placeholders,
            has_headings=words.headed,
        )

    def _may_concern(self, text: str) -> bool:
        return may_concern(text, self._gate)

    def _read(
        self,
        text: str,
        tokens: list[Token],
        pieces: list[Piece],
        placeholders: tuple[Placeholder, ...],
        *,
        speaks_marks: bool,
        heard: bool,
        headed: bool,
    ) -> _Words:
        """Find terms, cues and measures in the words of a note."""
        starts: list[bool | int | None] = [False] * len(tokens)
        for piece in pieces:
            starts[piece.first] = True
        hard = list(starts)
        for piece in pieces:
            hard[piece.first] = not piece.goes_on
        doc = self._doc(self._nlp.vocab, words=self._matcher.spelled(tokens), sent_starts=starts)
        hits, cue_hits = self._matcher.find(doc, hard)
        barred = Stretches((p.start, p.end) for p in placeholders if p.kind == "unchecked")
        measures = self._measures.find(tokens)
        timed = {k for m in measures if m.tag == "MINS" for k in range(m.first, m.after - 1)}
        if not heard:
            hits = self._sounds.without_common(tokens, hits)
        hits = with_heard(hits, self._sounds.find(tokens, hits, spoken=heard))
        hits = with_acronyms(text, tokens, hits, self._words.vessels)
        hits = without_names(text, tokens, hits, self._words.sentences.titles)
        items = make_items(tokens, merge(hits, measures), self._words, spoken=speaks_marks)
        return _Words(
            doc=doc,
            tokens=tokens,
            items=join_axes(without_unchecked(items, placeholders), self._language.measures),
            cue_hits=[hit for hit in cue_hits if self._cues.counts(hit, tokens, barred, timed)],
            spoken=speaks_marks or not headed,
            headed=headed,
        )

    def _sentences(
        self, words: _Words, pieces: list[Piece], sections: tuple[Section, ...]
    ) -> list[Sentence]:
        """Divide the words, and say of each sentence where it stands and how it is meant."""
        made: list[Sentence] = []
        begins = [item.start for item in words.items]
        item_at, cue_at, section_at, last = 0, 0, 0, len(sections) - 1
        before: str | None = None
        for piece in pieces:
            start, end = words.tokens[piece.first].start, words.tokens[piece.after - 1].end
            next_item = bisect_left(begins, end, item_at)
            items, item_at = words.items[item_at:next_item], next_item
            next_cue = cue_at
            while next_cue < len(words.cue_hits) and words.cue_hits[next_cue].first < piece.after:
                next_cue += 1
            cue_hits, cue_at = words.cue_hits[cue_at:next_cue], next_cue
            while section_at < last and sections[section_at + 1].heading_start <= start:
                section_at += 1
                if sections[section_at].in_form and before == "history":
                    before = None
            section = sections[section_at]
            resolved, cues = self._resolved(words, piece, items, cue_hits)
            if made and (both := retract_before(made[-1].items, resolved, self._corrections)):
                made[-1] = replace(made[-1], items=both[0], cues=_kept(made[-1].cues, both[0]))
                resolved = both[1]
            if made and made[-1].paragraph != piece.paragraph:
                before = frame_after_break(before, index=len(made), count=len(pieces))
            frame = self._frame(
                section,
                resolved,
                cues,
                index=len(made),
                count=len(pieces),
                before=before,
                headed=words.headed,
            )
            meant = (
                "heading" if _tells_nothing(words.tokens, piece, section, self._words) else frame
            )
            if meant not in _NO_TELLING:
                before = meant
            made.append(
                Sentence(
                    index=len(made),
                    start=start,
                    end=end,
                    paragraph=piece.paragraph,
                    section=_section_name(section, frame, headed=words.headed),
                    phase=section.phase,
                    frame=meant,
                    items=resolved,
                    cues=cues,
                )
            )
        return made

    def _resolved(
        self, words: _Words, piece: Piece, items: list[Item], cue_hits: list[CueHit]
    ) -> tuple[tuple[Item, ...], tuple[Cue, ...]]:
        """Return the items of a sentence with its corrections made, and its cues with their scopes."""
        context = self._language.context
        answered, denied = read_answers(items, self._words.answers)
        cues: tuple[Cue, ...] = ()
        if cue_hits and answered:
            cues = scope_cues(
                words.doc, words.tokens, cue_hits, answered, self._within_clause, context
            )
        if answered:
            cues += denied + counterfactuals(
                words.tokens, piece.first, piece.after, context.counterfactual
            )
            cues += self._intended.cues(words.tokens, piece.first, piece.after)
        resolved = resolve_corrections(answered, self._corrections, spoken=words.spoken)
        return resolved, _kept(cues, resolved)

    def _gathered(
        self, text: str, sentences: list[Sentence], tables: Sequence[Table]
    ) -> list[Sentence]:
        """Bring together what the layout of tables, records and lists sets apart."""
        made = read_columns(sentences, tables, self._words)
        nested = nest(text, join_records(text, made, self._words))
        named = name_toe_bones(nested, self._words.bones.by_toe)
        return know_again(named, self._words.short_names)

    def _told(self, sentences: list[Sentence], *, headed: bool) -> tuple[Sentence, ...]:
        """Correct the frames of sentences that tell of the operation under another heading."""
        told = self._undone.denied(leave_title(sentences, self._words.telling))
        if not headed:
            told = leave_flashback(told, self._words.telling)
        return leave_history(leave_diagnosis(told, self._sections.closed), self._sections.settled)

    def _frame(
        self,
        section: Section,
        items: Sequence[Item],
        cues: tuple[Cue, ...],
        *,
        index: int,
        count: int,
        before: str | None,
        headed: bool,
    ) -> str:
        telling = self._words.telling
        if section.name:
            frame = self._sections.frame_of(section.name) or "today"
            risks = frame == "history" and names_risks(items, telling)
            return "consent" if risks else frame
        if headed:
            if (
                section.heading_start == section.start
                and not section.inferred
                and before not in ("plan", "today")
            ):
                before = None
            working = before == "today" or begins_work(items, cues, telling)
            return infer_unnamed(
                items, cues, telling, index=index, count=count, before=before, working=working
            )
        return infer_frame(items, cues, telling, index=index, count=count, before=before)


def _kept(cues: Sequence[Cue], items: Sequence[Item]) -> tuple[Cue, ...]:
    """Return the cues whose words were not taken back."""
    taken_back = {item.start for item in items if item.void}
    return tuple(cue for cue in cues if cue.start not in taken_back)


def _section_name(section: Section, frame: str, *, headed: bool) -> str | None:
    if section.name or (headed and frame != "title"):
        return section.name
    return {
        "title": "procedure",
        "history": "indications",
        "plan": "plan",
        "today": "description",
    }.get(frame)
