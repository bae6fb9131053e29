// The gateway, as the environment says.
import { buildApp } from './app.mjs';
import { serve } from './serve.mjs';

await serve(buildApp, process.env);
