// Lets an app listen as the environment says, and stops it when asked: what was begun is finished
// first.
import { readConfiguration } from './configuration.mjs';

function log(line) {
  process.stderr.write(`slotguard gateway: ${line}\n`);
}

/**
 * @param {(configuration: import('./configuration.mjs').Configuration, log: (line: string) => void)
 *   => import('fastify').FastifyInstance} build
 * @param {Record<string, string | undefined>} env
 */
export async function serve(build, env) {
  try {
    const configuration = readConfiguration(env);
    const app = build(configuration, log);
    stopWhenAsked(app, configuration);
    const address = await app.listen({ host: configuration.host, port: configuration.port });
    process.stdout.write(`slotguard gateway listening on ${address}\n`);
  } catch (error) {
    log(error.message);
    process.exit(1);
  }
}

function stopWhenAsked(app, { requestTimeout }) {
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, async () => {
      // Whatever was begun is answered or timed out by then: a connection that never ends is left.
      setTimeout(() => {
        log('did not end in time, and is ended');
        process.exit(1);
      }, requestTimeout).unref();
      await app.close();
      process.exit(0);
    });
  }
}
