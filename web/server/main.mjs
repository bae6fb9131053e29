// Starts the gateway, and stops it when asked: what was begun is finished first.
import { buildApp } from './app.mjs';
import { readConfiguration } from './configuration.mjs';

function log(line) {
  process.stderr.write(`slotguard gateway: ${line}\n`);
}

async function main() {
  const configuration = readConfiguration(process.env);
  const app = buildApp(configuration, log);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, async () => {
      // Whatever was begun is answered or timed out by then: a connection that never ends is left.
      setTimeout(() => {
        log('did not end in time, and is ended');
        process.exit(1);
      }, configuration.requestTimeout).unref();
      await app.close();
      process.exit(0);
    });
  }
  const address = await app.listen({ host: configuration.host, port: configuration.port });
  process.stdout.write(`slotguard gateway listening on ${address}\n`);
}

try {
  await main();
} catch (error) {
  log(error.message);
  process.exit(1);
}
