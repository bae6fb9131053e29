// The checker is tested on forged histories: it passes what is honest, and finds what was lost, what is
// double, and where the journal lies.
import { at, failed, lost, told, undone } from './forge.mjs';
import { finds, forget, forgetEvent, passes } from './verdict.mjs';

const wish = { mentor_id: 'anna', startup_id: 1, starts_at: at(10), ends_at: at(11) };

// Honest ones ------------------------------------------------------------------------------------

passes('a day in which everything is done once', (world) => {
  world.book(1, 10, 11, { key: 'a' });
  world.insert(2, 11, 12);
  world.refused('book', 3, 10.5, 11.5, told('slot_taken'));
  world.refused('book', 1, 10.5, 11.5, told('startup_busy'), { mentor: 'bert' });
  world.refused('book', 1, 10, 11, told('already_yours', { session_id: 1 }));
  world.refused('insert', 3, 10, 11, failed('23505', 'unique_mentor_time_slot'));
  world.refused('insert', 3, 10.25, 11, failed('23P01', 'no_overlapping_sessions'));
  world.refused('book', 1, 10, 11, told('booked'), { key: 'a', told: { replayed: true, session_id: 1,
    mentor_id: 'anna', startup_id: 1, starts_at: at(10), ends_at: at(11) } });
  world.refused('book', 1, 14, 15, failed('22023'), { key: 'a' });
  world.shift('reschedule', 1, 12, 13);
  world.call('reschedule', { session: 1, wish: { starts_at: at(12), ends_at: at(13) } },
    told('rescheduled', { replayed: true }));
  world.shift('move', 2, 10, 11);
  world.change('cancel', 1);
  world.call('cancel', { session: 1 }, told('already_cancelled'));
  world.change('restore', 1);
  world.change('complete', 1);
  world.change('miss', 1);
  world.call('cancel', { session: 1 }, failed('55000'));
  world.change('remove', 2);
  world.call('cancel', { session: 2 }, told('not_found'));
  world.call('call_off', { session: 2 }, told('nothing'));
});

passes('a day of buffers, limits and holds', (world) => {
  world.book(1, 10, 11, { mentor: 'bert' });
  world.refused('book', 2, 11, 12, told('mentor_unavailable'), { mentor: 'bert' });
  world.book(2, 11.25, 12, { mentor: 'bert' });
  world.book(3, 8, 9, { mentor: 'emma' });
  world.hold(4, 12, 13, { mentor: 'emma' });
  world.refused('book', 5, 12, 12.5, told('slot_held', { expires_at: 0.24 + 300 }), { mentor: 'emma' });
  world.refused('book', 5, 16, 17, told('limit_reached'), { mentor: 'emma' });
  world.release(1);
  world.call('release', { token: 'token 1' }, told('not_found'));
  world.book(5, 16, 17, { mentor: 'emma' });
  world.hold(1, 15, 16, { lasts: 0.001 });
  world.letGo(2, { detail: { hold_id: 2, expired: true } });
  world.book(2, 15, 16);
}, (history) => {
  const hold = history.calls.find(({ deed }) => deed === 'hold');
  history.calls.find(({ told: { outcome } }) => outcome === 'slot_held').told.expires_at = hold.told.expires_at;
});

passes('a hold goes with the booking of its startup', (world) => {
  world.hold(1, 10, 11);
  world.book(1, 10, 11);
  world.letGo(1, { occurred_at: world.history.journal.at(-1).occurred_at });
});
passes('a reply that was lost after the booking', (world) => world.book(1, 10, 11, lost));
passes('a reply that was lost without a booking', (world) => world.book(1, 10, 11, lost),
  (history) => forget(history, 1));
passes('who is refused beside a booking that is under way', (world) => {
  world.book(1, 10, 11);
  world.refused('book', 2, 10, 11, told('slot_taken'));
}, ({ calls }) => Object.assign(calls[1], { from: calls[0].from, until: calls[0].from + 1 }));
passes('two at once may stand in either order', (world) => {
  world.book(1, 10, 11);
  world.book(2, 12, 13);
}, ({ calls }) => Object.assign(calls[0], { until: 1000, settled: 1000 }));
passes('a plain writer steps over a hold and over nothing else', (world) => {
  world.hold(1, 10, 11);
  world.insert(2, 10, 11);
});
passes('a key that comes twice in one transaction', (world) => {
  const both = { transaction: 7, transactionSize: 2, sealed: 100, settled: 110 };
  world.book(1, 10, 11, { key: 'a', ...both });
  world.call('book', { wish: { ...wish, key: 'a' } }, told('booked', { ...wish, session_id: 1, replayed: true }), both);
}, ({ read }) => { read[0].seenAt = 105; });
passes('two replies that were lost, of which a retry tells which one booked', (world) => {
  world.call('book', { wish: { ...wish, key: 'a' } }, undefined, lost);
  world.book(1, 10, 11, { key: 'b', ...lost });
  world.call('book', { wish: { ...wish, key: 'b' } }, told('booked', { ...wish, session_id: 1, replayed: true }));
  world.change('remove', 1);
});
finds('one session that answers to two keys', /key [ab] of startup 1 and session 1 does not have its key/, (world) => {
  world.call('book', { wish: { ...wish, key: 'a' } }, undefined, lost);
  world.book(1, 10, 11, { key: 'b', ...lost });
  for (const key of ['a', 'b'])
    world.call('book', { wish: { ...wish, key } }, told('booked', { ...wish, session_id: 1, replayed: true }));
  world.change('remove', 1);
});
passes('a move whose reply was lost, and which was made again after another one', (world) => {
  world.book(1, 10, 11);
  world.shift('reschedule', 1, 12, 13, lost);
  world.book(2, 14, 15);
  world.shift('reschedule', 1, 10, 11);
  world.shift('reschedule', 1, 12, 13);
});
passes('a session that was cut off in the middle of its cancellation, cancelled once', (world) => {
  world.book(1, 10, 11);
  world.change('cancel', 1, lost);
  world.call('cancel', { session: 1 }, told('already_cancelled'));
});

// Lost and double --------------------------------------------------------------------------------

finds('a booking that was answered and is nowhere', /call 0 .* wrote session 1, and the journal does not have it/,
  (world) => world.book(1, 10, 11), (history) => forget(history, 1));
finds('a booking that is in the journal and not in the table', /session 1 is in the journal, and not in the table/,
  (world) => world.book(1, 10, 11), ({ sessions }) => sessions.pop());
finds('a session that nobody booked', /nobody's deed/,
  (world) => world.book(1, 10, 11), ({ calls }) => calls.pop());
finds('a lost reply that made two sessions', /nobody's deed/, (world) => {
  world.book(1, 10, 11, lost);
  world.change('remove', 1);
  world.book(1, 10, 11);
}, ({ calls, journal }) => {
  calls.pop();
  journal[2].session_id = 2;
});
finds('two sessions at one time', /puts session 2 over session 1/, (world) => {
  world.book(1, 10, 11);
  world.book(2, 10.5, 11.5);
});
finds('a session in the buffer of another', /puts session 2 over session 1/, (world) => {
  world.book(1, 10, 11, { mentor: 'bert' });
  world.insert(2, 11.2, 12, { mentor: 'bert' });
});
finds('a startup in two places', /beside session 1 of its startup/, (world) => {
  world.book(1, 10, 11);
  world.book(1, 10.5, 11.5, { mentor: 'bert' });
});
finds('a session that moves onto another', /puts session 2 over session 1/, (world) => {
  world.book(1, 10, 11);
  world.book(2, 12, 13);
  world.shift('reschedule', 2, 10.5, 11.5);
});
finds('one that is set back to scheduled over another', /puts session 1 over session 2/, (world) => {
  world.book(1, 10, 11);
  world.change('cancel', 1);
  world.book(2, 10, 11);
  world.change('restore', 1);
});
finds('a booking that was rolled back and is there', /nobody's deed/,
  (world) => world.book(1, 10, 11, undone));
finds('half a transaction', /of transaction 7 the journal has call 0 .* and not call 1/, (world) => {
  world.book(1, 10, 11, { transaction: 7, fate: 'unknown' });
  world.book(2, 12, 13, { transaction: 7, fate: 'unknown' });
}, (history) => forget(history, 2));
finds('more sessions in a day than the mentor takes', /is number 3 of mentor emma/, (world) => {
  for (const n of [1, 2, 3]) world.book(n, n, n + 1, { mentor: 'emma' });
});

// The journal ------------------------------------------------------------------------------------

finds('a gap in the journal', /session 2 is in the table, and the journal does not have it/, (world) => {
  world.book(1, 10, 11);
  world.book(2, 11, 12);
  world.book(3, 12, 13);
}, (history) => forgetEvent(history, 2));
finds('an event that stands there twice', /meets session 1, which is scheduled/, (world) => {
  world.book(1, 10, 11);
  world.event('booked', { ...world.history.journal[0] }, { event_id: 2 });
});
finds('one number for two events', /stands behind event 1/, (world) => {
  world.book(1, 10, 11);
  world.book(2, 11, 12);
}, ({ journal }) => { journal[1].event_id = 1; });
finds('a cancellation that is not in the journal', /session 1 is cancelled .* table, scheduled/, (world) => {
  world.book(1, 10, 11);
  world.change('cancel', 1);
}, (history) => forgetEvent(history, 2));
finds('a session that is still there after it was cancelled', /session 1 is scheduled .* in the table, cancelled/,
  (world) => {
    world.book(1, 10, 11);
    world.change('cancel', 1);
  }, ({ sessions }) => { sessions[0].status = 'scheduled'; });
finds('a move from where it was not', /moves session 1 from/, (world) => {
  world.book(1, 10, 11);
  world.shift('move', 1, 12, 13);
}, ({ journal, read }) => { for (const row of [journal[1], read[1].row]) row.previous_starts_at = at(9); });
finds('a cancelled session that is completed', /meets session 1, which is cancelled/, (world) => {
  world.book(1, 10, 11);
  world.change('cancel', 1);
  world.change('complete', 1);
});
finds('a change of hours that is not in the journal', /mentor anna was changed 1 to 1 times, and has 0 events/,
  (world) => world.call('tune', { mentor: 'anna' }, told('done')));
finds('an order that contradicts the clock', /stands behind that of/, (world) => {
  world.book(1, 10, 11);
  world.book(2, 12, 13);
}, ({ calls, read }) => {
  Object.assign(calls[0], { from: 1000, until: 1010, settled: 1010 });
  for (const each of read) each.seenAt = 2000;
});
finds('a story that contradicts the clock', /the story of session 1 contradicts the clock/, (world) => {
  world.book(1, 10, 11);
  world.change('cancel', 1);
  world.change('restore', 1);
}, ({ calls, read }) => {
  Object.assign(calls[1], { from: 1000, until: 1010, settled: 1010 });
  for (const each of read) each.seenAt = 2000;
});
finds('an event that was seen before it was asked for', /nobody's deed/, (world) => world.book(1, 10, 11),
  ({ calls }) => Object.assign(calls[0], { from: 1000, until: 1010, settled: 1010 }));

// The reader -------------------------------------------------------------------------------------

const twoBookings = (world) => {
  world.book(1, 10, 11);
  world.book(2, 11, 12);
};
finds('an event that the reader missed', /never given event 1/, twoBookings, ({ read }) => read.shift());
finds('an event that the reader saw twice', /given event 2 after event 2/, twoBookings,
  ({ read }) => read.push(read[1]));
finds('events in another order', /given event 1 after event 2/, twoBookings, ({ read }) => read.reverse());
finds('an event that changed after it was read', /otherwise than it is written/, twoBookings,
  ({ read }) => { read[0].row.startup_id = 9; });
finds('an event that was rolled back and read', /given event 3, and the journal does not have it/, twoBookings,
  ({ read }) => read.push({ event_id: 3, seenAt: 500, row: {} }));
finds('a late reader who missed what came later', /never given event 2, which was asked for later/, twoBookings,
  (history) => { history.late = { since: 0.5, read: [] }; });
passes('a late reader who missed what came before', twoBookings,
  (history) => { history.late = { since: history.calls[0].until, read: history.read.slice(1) }; });
