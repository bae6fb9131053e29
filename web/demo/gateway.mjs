// The demo's gateway: the gateway, which checks tokens by a secret of its own, and the demo's
// routes.
import { buildApp } from '../server/app.mjs';
import { serve } from '../server/serve.mjs';
import { addDemo } from './routes.mjs';
import { Tokens } from './tokens.mjs';

const tokens = new Tokens();

// A storm asks a hundred times at once: on a slow machine the last ones wait longer than usual for
// a connection to the database, and are answered then.
const patience = { SLOTGUARD_CONNECTION_TIMEOUT: '20000' };

await serve((configuration, log) => buildApp(configuration, log, {
  extend: (app, { database }) => addDemo(app, { database, tokens }),
}), { ...patience, ...process.env, SLOTGUARD_JWT_SECRET: tokens.secret });
