// The checker is tested on forged histories: it finds answers that were lies, of refusals, keys and holds.
import { at, failed, told } from './forge.mjs';
import { finds, forgetEvent } from './verdict.mjs';

// Refusals ---------------------------------------------------------------------------------------

for (const [word, more] of [['slot_taken'], ['startup_busy'], ['already_yours', { session_id: 1 }],
  ['mentor_unavailable'], ['limit_reached'], ['slot_held', { expires_at: 5 }], ['no_such_word']])
  finds(`${word} where there is nothing`, /without a reason/,
    (world) => world.refused('book', 1, 10, 11, told(word, more), { mentor: 'bert' }));
finds('slot_taken after the cancellation was answered', /slot_taken\) without a reason/, (world) => {
  world.book(1, 10, 11);
  world.change('cancel', 1);
  world.refused('book', 2, 10, 11, told('slot_taken'));
});
finds('slot_taken before the booking was sent', /slot_taken\) without a reason/, (world) => {
  world.refused('book', 2, 10, 11, told('slot_taken'));
  world.book(1, 10, 11);
});
finds('a plain writer who is refused without a reason', /23P01\) without a reason/,
  (world) => world.refused('insert', 1, 10, 11, failed('23P01', 'no_overlapping_sessions')));
finds('a session that is cancelled twice', /call 2 .* has no event/, (world) => {
  world.book(1, 10, 11);
  world.change('cancel', 1);
  world.call('cancel', { session: 1 }, told('cancelled'));
});
finds('already_cancelled before anybody cancelled', /already_cancelled\) without a reason/, (world) => {
  world.book(1, 10, 11);
  world.call('cancel', { session: 1 }, told('already_cancelled'));
});
finds('not_found for a session that is there', /not_found\) without a reason/, (world) => {
  world.book(1, 10, 11);
  world.call('reschedule', { session: 1, wish: { starts_at: at(12), ends_at: at(13) } }, told('not_found'));
});
finds('a move that was answered and did not happen', /call 1 .* has no event/, (world) => {
  world.book(1, 10, 11);
  world.call('reschedule', { session: 1, wish: { starts_at: at(12), ends_at: at(13) } }, told('rescheduled'));
});
finds('a plain statement that passed over its row', /nothing\) without a reason/, (world) => {
  world.book(1, 10, 11);
  world.call('remove', { session: 1 }, told('nothing'));
});
finds('a deadlock of who writes one session', /40P01\) without a reason/,
  (world) => world.refused('book', 1, 10, 11, failed('40P01')));
finds('a lost race that is an error', /40001\) without a reason/,
  (world) => world.refused('book', 1, 10, 11, failed('40001'), { isolation: 'repeatable read' }));
finds('a timeout of who has none', /55P03\) without a reason/,
  (world) => world.refused('book', 1, 10, 11, failed('55P03')));
finds('a free time that somebody had all the while', /was offered a time that session 1 had/, (world) => {
  world.book(1, 10, 11);
  const offers = [{ starts_at: at(10.5), ends_at: at(11) }];
  world.call('list', {}, { outcome: 'listed', mentor_id: 'anna', offers });
});

// Keys -------------------------------------------------------------------------------------------

finds('a key with two sessions', /key k of startup 1 has two sessions, 1 and 2/, (world) => {
  world.book(1, 10, 11, { key: 'k' });
  world.book(1, 12, 13, { key: 'k' });
});
finds('a key with two sessions, of which one was cancelled', /key k of startup 1 has two sessions/, (world) => {
  world.book(1, 10, 11, { key: 'k' });
  world.change('cancel', 1);
  world.book(1, 12, 13, { key: 'k' });
});
const again = (session, from, to) => ({ key: 'k', told: { replayed: true, session_id: session, mentor_id: 'anna',
  startup_id: 1, starts_at: at(from), ends_at: at(to) } });
finds('a retry that is told of another session', /session 2 does not have its key/, (world) => {
  world.book(1, 10, 11, { key: 'k' });
  world.book(1, 12, 13, { key: 'l' });
  world.refused('book', 1, 10, 11, told('booked'), again(2, 12, 13));
});
finds('a retry that is told where the session has moved to', /session 1 was booked otherwise/, (world) => {
  world.book(1, 10, 11, { key: 'k' });
  world.shift('move', 1, 12, 13);
  world.refused('book', 1, 10, 11, told('booked'), again(1, 12, 13));
});
finds('a retry that is refused', /though session 1 has its key/, (world) => {
  world.book(1, 10, 11, { key: 'k' });
  world.refused('book', 1, 10, 11, told('already_yours', { session_id: 1 }), { key: 'k' });
});
finds('a key that is refused for other arguments, and was never used', /its key was not in use/,
  (world) => world.refused('book', 1, 10, 11, failed('22023'), { key: 'k' }));
finds('a call that meets the index of keys', /unique_idempotency_key|23505\) without a reason/, (world) => {
  world.book(1, 10, 11, { key: 'k' });
  world.refused('book', 1, 12, 13, failed('23505', 'unique_idempotency_key'), { key: 'k' });
});
finds('a booking that was told as replayed, without a key', /without a key/, (world) => {
  world.book(1, 10, 11);
  world.refused('book', 1, 10, 11, told('booked'), { told: { replayed: true, session_id: 1 } });
});

// Holds ------------------------------------------------------------------------------------------

finds('a call that books what another one holds', /took time of hold 1/, (world) => {
  world.hold(1, 10, 11);
  world.book(2, 10, 11);
});
finds('a move onto what another one holds', /took time of hold 1/, (world) => {
  world.book(2, 12, 13);
  world.hold(1, 10, 11);
  world.shift('reschedule', 1, 10.5, 11.5);
});
finds('two holds of one time', /took time of hold 1/, (world) => {
  world.hold(1, 10, 11);
  world.hold(2, 10, 11);
});
finds('the last place of a day, which is held', /took a place \(perDay\) that a hold keeps/, (world) => {
  world.book(1, 8, 9, { mentor: 'emma' });
  world.hold(2, 10, 11, { mentor: 'emma' });
  world.book(3, 12, 13, { mentor: 'emma' });
});
finds('a sixth hold of one startup', /is hold number 6 of startup 1/, (world) => {
  for (const n of [1, 2, 3, 4, 5, 6]) world.hold(1, n, n + 1);
});
finds('slot_held by a hold that had expired', /slot_held\) without a reason/, (world) => {
  const { told: { expires_at: until } } = world.hold(1, 10, 11, { lasts: 1 });
  world.refused('book', 2, 10, 11, told('slot_held', { expires_at: until }), { wall: [10, 11] });
});
finds('hold_expired while the time was free', /hold_expired\) without a reason/, (world) => {
  world.hold(1, 10, 11, { lasts: 1 });
  world.refused('book', 1, 10, 11, told('hold_expired'), { token: 'token 1', wall: [10, 11] });
});
finds('a hold that was answered and is nowhere', /call 0 .* has no event/, (world) => world.hold(1, 10, 11),
  (history) => {
    forgetEvent(history, 1);
    history.holds.pop();
  });
finds('a hold that went by itself', /\(released, hold 1, .*\) is nobody's deed/, (world) => {
  world.hold(1, 10, 11);
  world.letGo(1);
});
finds('a hold that is released twice', /call 2 .* has no event/, (world) => {
  world.hold(1, 10, 11);
  world.release(1);
  world.call('release', { token: 'token 1' }, told('released'));
});
finds('a hold that could not be found, and was there', /not_found\) without a reason/, (world) => {
  world.hold(1, 10, 11);
  world.call('release', { token: 'token 1' }, told('not_found'));
});
