// The founding race, over HTTP and signed in: two startups ask for one slot of a mentor at the same
// moment. Then one of them tries to pass for the other.

const mentor = 'ada';

const check = (holds, claim) => {
  if (!holds) throw new Error(`expected that ${claim}`);
};

/** A request as the page makes it. */
async function ask(address, path, { token, body } = {}) {
  const response = await fetch(`${address}/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, answer: await response.json() };
}

/** What was asked for; an error of the gateway's is no answer, so it throws. */
async function answerOf(address, path, how) {
  const { status, answer } = await ask(address, path, how);
  if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(answer)}`);
  return answer;
}

const tokenOf = async (address, startup) =>
  (await answerOf(address, `demo/token?startup=${startup}`)).token;

function listSlots(address) {
  const date = (daysAhead) =>
    new Date(Date.now() + daysAhead * 86_400_000).toISOString().slice(0, 10);
  return answerOf(address, 'rpc/available_slots',
    { body: { mentor_id: mentor, from_date: date(-1), to_date: date(14) } });
}

const wish = (startup, { session_date, session_time }) =>
  ({ mentor_id: mentor, startup_id: startup, session_date, session_time });

const book = (address, { startup, token }, slot) =>
  answerOf(address, 'rpc/book_session', { token, body: wish(startup, slot) });

const spoken = ({ session_date, session_time }) => `${session_date} at ${session_time.slice(0, 5)}`;

/** Throws unless exactly one has the slot, the other an alternative, and each is only himself. */
export async function playFoundingRace(address, say) {
  const visitors = await Promise.all([1, 2].map(async (startup) =>
    ({ startup, token: await tokenOf(address, startup) })));
  const slot = (await listSlots(address)).find(({ state }) => state === 'available');
  check(slot, `${mentor} has a free time in the coming two weeks`);
  const { winner, loser, alternatives } = await race(address, visitors, slot, say);
  await takeAlternative(address, loser, { slot, alternatives }, say);
  await passForAnother(address, { winner, impostor: loser }, say);
}

async function race(address, visitors, slot, say) {
  say(`\nStartups 1 and 2 both ask for ${mentor}'s first free time, ${spoken(slot)}, at once.`);
  const answers = await Promise.all(visitors.map((visitor) => book(address, visitor, slot)));
  for (const [i, { outcome, message }] of answers.entries()) {
    say(`  startup ${visitors[i].startup} is told: ${outcome}. ${message}`);
  }
  const outcomes = answers.map(({ outcome }) => outcome);
  check(outcomes.toSorted().join() === 'booked,slot_taken', 'one has it and the other is refused');
  const first = outcomes.indexOf('booked');
  return {
    winner: { ...visitors[first], session: answers[first].session_id },
    loser: visitors[1 - first],
    alternatives: answers[1 - first].alternatives,
  };
}

async function takeAlternative(address, loser, { slot, alternatives }, say) {
  check(alternatives.length > 0, 'the refusal comes with alternatives');
  const offered = alternatives.map(spoken).join(', ');
  say(`Startup ${loser.startup} is offered ${offered}, and takes the first.`);
  const { outcome, message } = await book(address, loser, alternatives[0]);
  say(`  startup ${loser.startup} is told: ${outcome}. ${message}`);
  check(outcome === 'booked', 'an alternative can be booked');

  const states = new Map((await listSlots(address)).map((row) => [spoken(row), row.state]));
  for (const one of [slot, alternatives[0]]) {
    check(states.get(spoken(one)) === 'booked', `the list shows ${spoken(one)} as booked`);
  }
  say('Both times are booked in the list, each by one startup.');
}

/** What a token does not say, it does not open: others' names, sessions, and booking at all. */
async function passForAnother(address, { winner, impostor }, say) {
  say(`Startup ${impostor.startup} tries to pass for startup ${winner.startup}, by its own token.`);
  const { token } = impostor;
  const free = (await listSlots(address)).find(({ state }) => state === 'available');
  const body = wish(winner.startup, free);
  const booked = await ask(address, 'rpc/book_session', { token, body });
  say(`  to book as another: ${booked.status} ${booked.answer.code}, ${booked.answer.message}`);
  check(booked.status === 403 && booked.answer.code === '42501', 'nobody books as another');

  const cancelled = await answerOf(address, 'rpc/cancel_session',
    { token, body: { session_id: winner.session } });
  say(`  to cancel what is another's: ${cancelled.outcome}`);
  check(cancelled.outcome === 'not_found', 'nobody cancels what is another\'s');

  const seen = await answerOf(address, 'mentor_startup_sessions', { token });
  say(`  to look: ${seen.length} session in all, its own`);
  check(seen.length === 1 && seen[0].startup_id === impostor.startup,
    'each sees its own sessions only');

  const nobody = await ask(address, 'rpc/book_session', { body });
  say(`  without a token, to book at all: ${nobody.status} ${nobody.answer.code}`);
  check(nobody.status === 401 && nobody.answer.code === '42501', 'nobody books without a token');
}
