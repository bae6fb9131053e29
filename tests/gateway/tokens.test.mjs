// Who shows a token is who it says, for one request: the gateway checks it and switches the role.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PostgrestClient } from '@supabase/postgrest-js';
import { createProtocolDatabase, everyFunction, jwtSecret, rpc, signedIn, startGateway,
  tokenFor } from './stack.mjs';

const role = `gateway_test_member_${process.pid}`;
const stranger = `gateway_test_stranger_${process.pid}`;

let database;
let settings;
let gateway;

before(async () => {
  database = await createProtocolDatabase();
  await database.admin.query(`
    CREATE ROLE ${role} NOLOGIN; CREATE ROLE ${stranger} NOLOGIN; GRANT ${role} TO slotguard_web;
    GRANT EXECUTE ON FUNCTION nobodys() TO ${role};
    CREATE FUNCTION who_asks() RETURNS json LANGUAGE sql STABLE AS $$
      SELECT json_build_object('role', current_user, 'backend', pg_backend_pid(),
                               'claims', current_setting('request.jwt.claims', true)) $$`);
  // One connection: what is left on it by one request, the next one would find.
  settings = { ...everyFunction, DATABASE_URL: database.urlFor('slotguard_web'),
    SLOTGUARD_JWT_SECRET: jwtSecret, SLOTGUARD_POOL_SIZE: '1' };
  gateway = await startGateway(settings);
});
after(async () => {
  await gateway.stop();
  await database.admin.query(`DROP OWNED BY ${role}`);
  await database.admin.query(`DROP ROLE ${role}, ${stranger}`);
  await database.drop();
});

const now = () => Math.floor(Date.now() / 1000);
const whoAsks = async (headers = {}, asked = gateway) =>
  (await rpc(asked, 'who_asks', {}, headers)).body;
const refusal = async (headers, asked = gateway) => {
  const answer = await rpc(asked, 'who_asks', {}, headers);
  return { status: answer.status, code: answer.body.code, message: answer.body.message,
    challenge: answer.headers.get('www-authenticate') };
};
const invalid = { status: 401, code: 'PGRST301', message: 'JWT invalid',
  challenge: 'Bearer error="invalid_token", error_description="JWT invalid"' };

test('a token\'s role asks, with all of its claims', async () => {
  const claims = { role, startup_id: 7, name: 'it\'s "Zoë" \\ \u2028', nested: { a: [1] } };
  const answer = await whoAsks(signedIn(claims));
  assert.equal(answer.role, role);
  assert.deepEqual(JSON.parse(answer.claims), claims);
});

test('without a token it is the gateway\'s own role, without claims', async () => {
  const { role: found, claims } = await whoAsks();
  assert.deepEqual([found, claims], ['slotguard_web', '']);
});

test('role and claims are gone with the request, whether it succeeds or fails', async () => {
  const { backend } = await whoAsks(signedIn({ role, startup_id: 7 }));
  assert.deepEqual(await whoAsks(), { role: 'slotguard_web', backend, claims: '' });
  await rpc(gateway, 'fail_with', { state: '22023' }, signedIn({ role, startup_id: 7 }));
  assert.deepEqual(await whoAsks(), { role: 'slotguard_web', backend, claims: '' });
  assert.equal((await whoAsks(signedIn({ role }))).claims, JSON.stringify({ role }));
});

test('a GET is signed in as well, and still writes nothing', async () => {
  const headers = signedIn({ role });
  const who = await fetch(`${gateway.url}/rpc/who_asks`, { headers });
  assert.equal((await who.json()).role, role);
  const write = await fetch(`${gateway.url}/rpc/write_down?word=x`, { headers });
  assert.equal((await write.json()).code, '25006');
});

test('a token without a role is the anonymous role\'s, with its claims', async () => {
  const answer = await whoAsks(signedIn({ startup_id: 7 }));
  assert.deepEqual([answer.role, answer.claims], ['slotguard_web', '{"startup_id":7}']);
});

test('the anonymous role can be another one', async () => {
  const other = await startGateway({ ...settings, SLOTGUARD_ANON_ROLE: role });
  try {
    assert.equal((await whoAsks({}, other)).role, role);
    assert.equal((await whoAsks(signedIn({ name: 'no role' }), other)).role, role);
  } finally {
    await other.stop();
  }
});

for (const [what, headers] of [
  ['signed with another secret', () => signedIn({ role }, { secret: `not ${jwtSecret}` })],
  ['without a signature', () => signedIn({ role }, { algorithm: 'none' })],
  ['of another algorithm', () => signedIn({ role }, { algorithm: 'HS512' })],
  ['altered', () => {
    const [head, , signature] = tokenFor({ role: 'x' }).split('.');
    return { Authorization: `Bearer ${head}.${tokenFor({ role }).split('.')[1]}.${signature}` };
  }],
  ['that is no token', () => ({ Authorization: 'Bearer a.b.c' })],
  ['that is empty', () => ({ Authorization: 'Bearer' })],
  ['that is not valid yet', () => signedIn({ role, nbf: now() + 120 })],
  ['whose role is no name', () => signedIn({ role: 7 })],
]) {
  test(`a token ${what} is 401 PGRST301`, async () => {
    assert.deepEqual(await refusal(headers()), invalid);
  });
}

test('a token that has expired says so', async () => {
  assert.deepEqual(await refusal(signedIn({ role, exp: now() - 60 })), {
    status: 401, code: 'PGRST301', message: 'JWT expired',
    challenge: 'Bearer error="invalid_token", error_description="JWT expired"' });
  assert.equal((await whoAsks(signedIn({ role, exp: now() + 60 }))).role, role);
});

test('clocks may differ by half a minute', async () => {
  assert.equal((await whoAsks(signedIn({ role, exp: now() - 10, nbf: now() + 10 }))).role, role);
});

test('a token for others is refused where the gateway has a name', async () => {
  const other = await startGateway({ ...settings, SLOTGUARD_JWT_AUD: 'bookings' });
  try {
    assert.equal((await whoAsks(signedIn({ role, aud: ['bookings', 'more'] }), other)).role, role);
    assert.deepEqual(await refusal(signedIn({ role, aud: 'mail' }), other), invalid);
    assert.deepEqual(await refusal(signedIn({ role }), other), invalid);
  } finally {
    await other.stop();
  }
});

test('a role that is not there is 401, one that it may not become 403', async () => {
  const unknown = await refusal(signedIn({ role: 'no such role' }));
  assert.deepEqual([unknown.status, unknown.code], [401, '22023']);
  const forbidden = await refusal(signedIn({ role: stranger }));
  assert.deepEqual([forbidden.status, forbidden.code], [403, '42501']);
  assert.equal((await whoAsks()).role, 'slotguard_web', 'and the connection serves on');
});

test('a role with a quote in it is a name, and no SQL', async () => {
  const { status, code } = await refusal(signedIn({ role: "x', true); DROP TABLE writings; --" }));
  assert.deepEqual([status, code], [401, '22023']);
  assert.equal((await rpc(gateway, 'write_down', { word: 'still there' })).status, 200);
});

test('who is signed in and may not is 403, who is not signed in 401', async () => {
  assert.equal((await rpc(gateway, 'nobodys', {}, signedIn({ role }))).body, 1);
  await database.admin.query(`REVOKE EXECUTE ON FUNCTION nobodys() FROM ${role}`);
  const forbidden = await rpc(gateway, 'nobodys', {}, signedIn({ role }));
  assert.deepEqual([forbidden.status, forbidden.body.code], [403, '42501']);
  assert.equal(forbidden.headers.get('www-authenticate'), null);
  assert.equal((await rpc(gateway, 'nobodys', {})).status, 401);
});

test('another scheme of Authorization is somebody else\'s', async () => {
  assert.equal((await whoAsks({ Authorization: 'Basic dTpw' })).role, 'slotguard_web');
});

test('a token is never ignored while there is no secret to check it', async () => {
  const other = await startGateway({ ...settings, SLOTGUARD_JWT_SECRET: '' });
  try {
    const { status, body } = await rpc(other, 'who_asks', {}, signedIn({ role }));
    assert.deepEqual([status, body.code, body.message],
      [500, 'PGRST300', 'Server lacks JWT secret']);
  } finally {
    await other.stop();
  }
});

test('a secret that could be guessed is refused at the start', async () => {
  await assert.rejects(startGateway({ ...settings, SLOTGUARD_JWT_SECRET: 'x'.repeat(31) }),
    /SLOTGUARD_JWT_SECRET must have at least 32 bytes, not 31/);
});

test('@supabase/postgrest-js signs in by its headers, unchanged', async () => {
  const client = new PostgrestClient(gateway.url, { headers: signedIn({ role }) });
  const { data, error } = await client.rpc('who_asks');
  assert.deepEqual([error, data.role], [null, role]);
});
