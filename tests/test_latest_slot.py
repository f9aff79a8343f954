import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.devices.latest_slot import LatestSlot, SlotClosed


def test_newest_item_wins_and_the_rest_is_counted():
    slot: LatestSlot[int] = LatestSlot()
    for number in range(5):
        slot.put(number)
    assert slot.get(0.0) == 4
    assert slot.dropped == 4
    assert slot.get(0.0) is None


def test_last_item_is_handed_out_after_close_then_closed():
    slot: LatestSlot[str] = LatestSlot()
    slot.put("last")
    slot.close()
    assert slot.get(0.0) == "last"
    with pytest.raises(SlotClosed):
        slot.get(0.0)
    with pytest.raises(SlotClosed):
        slot.put("too late")
    with pytest.raises(SlotClosed):
        slot.put_wait("too late", 0.0)


def test_close_with_discard_counts_what_it_throws_away():
    slot: LatestSlot[str] = LatestSlot()
    slot.put("lost")
    slot.close(discard=True)
    assert slot.dropped == 1
    with pytest.raises(SlotClosed):
        slot.get(0.0)


def test_put_wait_refuses_while_full():
    slot: LatestSlot[int] = LatestSlot()
    assert slot.put_wait(1, 0.0)
    assert not slot.put_wait(2, 0.01)
    assert slot.get(0.0) == 1
    assert slot.put_wait(2, 0.0)
    assert slot.dropped == 0


def test_falsy_items_are_items():
    slot: LatestSlot[int] = LatestSlot()
    slot.put(0)
    assert slot.get(0.0) == 0
    slot.put(0)
    assert not slot.put_wait(1, 0.0)


@pytest.mark.parametrize("wait", ["get", "put_wait"])
def test_close_wakes_who_waits(wait):
    slot: LatestSlot[int] = LatestSlot()
    if wait == "put_wait":
        slot.put(1)
    ended = []

    def waiter():
        try:
            slot.get(30.0) if wait == "get" else slot.put_wait(2, 30.0)
        except SlotClosed:
            ended.append("closed")

    thread = threading.Thread(target=waiter, daemon=True)
    thread.start()
    slot.close()
    thread.join(10.0)
    assert ended == ["closed"]


def test_hand_over_between_threads_loses_nothing_and_keeps_the_order():
    slot: LatestSlot[int] = LatestSlot()
    count = 2000

    def writer():
        for number in range(count):
            while not slot.put_wait(number, 1.0):
                pass
        slot.close()

    threading.Thread(target=writer, daemon=True).start()
    seen = [slot.get(10.0) for _ in range(count)]
    with pytest.raises(SlotClosed):
        slot.get(10.0)
    assert seen == list(range(count))
    assert slot.dropped == 0


@given(st.lists(st.sampled_from(["put", "get"]), max_size=60))
def test_every_item_is_taken_dropped_or_still_there(actions):
    slot: LatestSlot[int] = LatestSlot()
    given_items, taken = 0, []
    for action in actions:
        if action == "put":
            slot.put(given_items)
            given_items += 1
        else:
            item = slot.get(0.0)
            if item is not None:
                taken.append(item)
                assert item == given_items - 1
    left = 0 if slot.get(0.0) is None else 1
    assert len(taken) + slot.dropped + left == given_items
    assert taken == sorted(set(taken))
