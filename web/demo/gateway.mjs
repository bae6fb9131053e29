// The demo's gateway: the gateway, which checks tokens by a secret of its own, and the demo's
// routes.
import { buildApp } from '../server/app.mjs';
import { serve } from '../server/serve.mjs';
import { addDemo } from './routes.mjs';
import { Tokens } from './tokens.mjs';

const tokens = new Tokens();

await serve((configuration, log) => buildApp(configuration, log, {
  extend: (app, { database }) => addDemo(app, { database, tokens }),
}), { ...process.env, SLOTGUARD_JWT_SECRET: tokens.secret });
