// The founding race, over HTTP: two startups ask for one slot of a mentor at the same moment.

const mentor = 'ada';

/** One call as the page makes it. An error of the gateway's is no answer, so it throws. */
async function call(address, name, body) {
  const response = await fetch(`${address}/rpc/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${name} answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
}

const check = (holds, claim) => {
  if (!holds) throw new Error(`expected that ${claim}`);
};

function listSlots(address) {
  const date = (daysAhead) => new Date(Date.now() + daysAhead * 86_400_000).toISOString().slice(0, 10);
  return call(address, 'available_slots', { mentor_id: mentor, from_date: date(-1), to_date: date(14) });
}

const book = (address, startup, { session_date, session_time }) =>
  call(address, 'book_session', { mentor_id: mentor, startup_id: startup, session_date, session_time });

const spoken = ({ session_date, session_time }) => `${session_date} at ${session_time.slice(0, 5)}`;

/** Throws unless exactly one has the slot, and the other an alternative. */
export async function playFoundingRace(address, say) {
  const slot = (await listSlots(address)).find(({ state }) => state === 'available');
  check(slot, `${mentor} has a free time in the coming two weeks`);
  say(`\nStartups 1 and 2 both ask for ${mentor}'s first free time, ${spoken(slot)}, at once.`);

  const answers = await Promise.all([1, 2].map((startup) => book(address, startup, slot)));
  answers.forEach(({ outcome, message }, i) => say(`  startup ${i + 1} is told: ${outcome}. ${message}`));
  const outcomes = answers.map(({ outcome }) => outcome);
  check(outcomes.toSorted().join() === 'booked,slot_taken', 'one has it and the other is refused');

  const loser = outcomes.indexOf('slot_taken');
  const { alternatives } = answers[loser];
  check(alternatives.length > 0, 'the refusal comes with alternatives');
  say(`Startup ${loser + 1} is offered ${alternatives.map(spoken).join(', ')}, and takes the first.`);
  const second = await book(address, loser + 1, alternatives[0]);
  say(`  startup ${loser + 1} is told: ${second.outcome}. ${second.message}`);
  check(second.outcome === 'booked', 'an alternative can be booked');

  const states = new Map((await listSlots(address)).map((row) => [spoken(row), row.state]));
  check(states.get(spoken(slot)) === 'booked', 'the list shows the slot as booked');
  check(states.get(spoken(alternatives[0])) === 'booked', 'the list shows the alternative as booked');
  say('Both times are booked in the list, each by one startup.');
}
