"""Home: choose what to dance, or where else to go - by key, mouse or gesture."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from coach.app.scenes.menu_scene import MenuScene
from coach.app.studio.choices import next_choice
from coach.app.studio.dance_shelf import DanceShelf
from coach.app.studio.preview import Preview
from coach.app.studio.scene import Back, Open, Quit, Scene, Step
from coach.app.studio.studio_context import StudioContext
from coach.judging.cue_texts import CueTexts
from coach.ui.commands import Command
from coach.ui.events import InputEvent
from coach.ui.home_screen import HomeScreen
from coach.ui.home_view import Card, Choice, Entry, HomeView, MessageCard
from coach.ui.said import said
from coach.ui.teacher_framing import Figure
from coach.ui.window import Window
from coach.ui.words_home import HOME_WORDS

ENTRIES = (Entry.SETTINGS, Entry.CHECK, Entry.HISTORY, Entry.QUIT)


class HomeScene(MenuScene):
    """The lowest scene of the studio.

    Parameters
    ----------
    context : StudioContext
    shelf : DanceShelf
        The references as cards; it looks through the library in the background while this scene is shown.
    preview : Preview
        What looks at the camera here.
    open_practice : callable
        Makes the scene that practises a reference, by its name in the library.
    open_entries : mapping
        What makes the scene of each `Entry` but to quit; an entry that is missing is not offered.
    camera_trouble : callable, optional
        Why there is no camera, None while there is one. While there is none, a card says what to do and offers
        ``Entry.DEMO``.
    voice_works : callable, optional
    """

    def __init__(
        self,
        context: StudioContext,
        shelf: DanceShelf,
        preview: Preview,
        *,
        open_practice: Callable[[str], Scene],
        open_entries: Mapping[Entry, Callable[[], Scene]],
        camera_trouble: Callable[[], str | None] = lambda: None,
        voice_works: Callable[[], bool] = lambda: True,
    ) -> None:
        super().__init__(context, preview)
        self._shelf = shelf
        self._open_practice, self._open_entries = open_practice, open_entries
        self._camera_trouble, self._voice_works = camera_trouble, voice_works
        self._settings = context.settings.home
        self._texts = CueTexts(self._look.language)
        self._screen = HomeScreen(context.settings.ui, self._look, home=self._settings)
        self._entries = tuple(entry for entry in ENTRIES if entry is Entry.QUIT or entry in open_entries)
        self._chosen: Choice | None = None
        self._chosen_s = 0.0

    @property
    def chosen(self) -> Choice | None:
        """Where confirming leads; None before the library is known."""
        return self._chosen

    def enter(self, now_s: float) -> None:
        """Begin to look through the library (again: there may be new references and new scores)."""
        self._chosen_s = now_s
        self._watch.enter(now_s)
        self._shelf.open()

    def leave(self) -> None:
        """Leave the disk alone while something else is shown."""
        self._shelf.close()

    # -- what the user wants ---------------------------------------------------------------------------------------
    def obey(self, event: InputEvent, now_s: float) -> Step | None:
        """Move the choice, or open it."""
        if not isinstance(event, Command):
            hit = self._screen.hit(event.at)
            if hit is not None:
                self._choose(hit, now_s)
            return self._open(hit) if hit is not None and event.pressed else None
        if event in (Command.UP, Command.DOWN):
            # From the last card to the first entry and around, so that two gestures reach everything.
            self._choose(next_choice(self._choices(), self._chosen, event), now_s)
        elif event in (Command.LEFT, Command.RIGHT):
            self._change_side(event, now_s)
        elif event is Command.CONFIRM:
            return self._open(self._chosen)
        elif event is Command.BACK:
            # A gesture or a stray key must not close the program: it asks first by choosing to quit.
            if self._chosen is Entry.QUIT:
                return Back()
            self._choose(Entry.QUIT, now_s)
        elif event is Command.QUIT:
            return Quit()
        return None

    def _choices(self) -> list[Choice]:
        return [*(card.choice for card in self._cards()), *self._entries]

    def _change_side(self, towards: Command, now_s: float) -> None:
        """Between the list and the entries, wherever they stand."""
        to_entries = (towards is Command.RIGHT) is not self._look.left_handed
        cards = [card.choice for card in self._cards()]
        if to_entries and self._chosen not in self._entries:
            self._choose(self._entries[0], now_s)
        elif not to_entries and self._chosen in self._entries and cards:
            self._choose(cards[0], now_s)

    def _choose(self, choice: Choice, now_s: float) -> None:
        if choice != self._chosen:
            self._chosen, self._chosen_s = choice, now_s

    def _open(self, choice: Choice | None) -> Step | None:
        if choice is Entry.QUIT:
            return Quit()
        if isinstance(choice, Entry):
            make = self._open_entries.get(choice)
            return Open(make()) if make is not None else None
        cards = {card.name: card for card in self._shelf.cards or ()}
        if choice in cards and cards[choice].problem is None:
            return Open(self._open_practice(choice))
        return None

    # -- what is shown ---------------------------------------------------------------------------------------------
    def update(self, now_s: float) -> Step | None:
        """Take the newest picture, and keep the choice on something that is there."""
        self._watch.update(now_s)
        if self._shelf.cards is not None and self._chosen not in self._choices():
            self._choose(self._choices()[0], now_s)
        return None

    def draw(self, window: Window, now_s: float) -> None:
        """Draw what is known now."""
        if self._look_changed():
            self._texts = CueTexts(self._look.language)
            self._screen.use(self._look)
        self._screen.draw(window.surface, self.view(now_s))

    def view(self, now_s: float) -> HomeView:
        """What the screen shows at this moment."""
        preferences = self._context.preferences.current
        guide, guide_ok = self._guide()
        language = self._look.language
        told = self._camera_trouble()  # on a card, so that the last line is left for the keys
        shelf = said(self._shelf.trouble or "", language)
        camera = said(told or "", language)
        notices = (notice for notice in (shelf, *self._context.notices) if notice and notice != camera)
        return HomeView(
            now_s=now_s,
            cards=self._cards(),
            chosen=self._chosen if self._chosen is not None else Entry.QUIT,
            entries=self._entries,
            preview=self._watch.view,
            guide=guide,
            guide_ok=guide_ok,
            camera_ok=told is None,
            sound_ok=self._context.sound.problem is None,
            voice_ok=preferences.voice and self._voice_works(),
            moving=self._moving(now_s),
            notices=tuple(notices),
            bindings=self.bindings,
        )

    def _cards(self) -> tuple[Card, ...]:
        """The dances, with a word before them where the camera or all dances are missing."""
        dances, words = self._shelf.cards, HOME_WORDS[self._look.language]
        if self._camera_trouble() is not None:
            return (MessageCard(Entry.DEMO, words.no_camera_title, words.no_camera_text), *(dances or ()))
        if dances is not None and not dances:
            return (MessageCard(Entry.DEMO, words.no_dances_title, words.no_dances_text),)
        return dances or ()

    def _guide(self) -> tuple[str, bool]:
        newest, words = self._watch.newest, HOME_WORDS[self._look.language]
        if newest is None:
            return "", False
        if newest.framing is not None:
            return self._texts.framing(newest.framing).text, False
        return (words.seen, True) if newest.pose.present else (words.nobody, False)

    def _moving(self, now_s: float) -> Figure | None:
        if not isinstance(self._chosen, str):
            return None
        dance, since_s = self._shelf.dance(self._chosen), now_s - self._chosen_s - self._settings.moves_after_s
        return dance.figure_at(since_s) if dance is not None and since_s >= 0.0 else None
