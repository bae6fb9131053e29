// The demo's gateway: the gateway, which checks tokens by a secret of its own, and the demo's
// routes.
import { buildApp } from '../server/app.mjs';
import { serve } from '../server/serve.mjs';
import { addDemo } from './routes.mjs';
import { Tokens } from './tokens.mjs';

const tokens = new Tokens();

// A storm asks a hundred times at once, from one address: on a slow machine the last ones wait longer than usual
// for a connection to the database, and are answered then.
const forStorms = {
  SLOTGUARD_CONNECTION_TIMEOUT: '20000',
  SLOTGUARD_CONNECTIONS_PER_ADDRESS: '1000',
  SLOTGUARD_CALLS_PER_ADDRESS: '1000',
  SLOTGUARD_WRITES_PER_CALLER: '1000000',
  SLOTGUARD_WRITES_PER_ADDRESS: '1000000',
};

await serve((configuration, log) => buildApp(configuration, log, {
  extend: (app, { database }) => addDemo(app, { database, tokens }),
}), { ...forStorms, ...process.env, SLOTGUARD_JWT_SECRET: tokens.secret });
