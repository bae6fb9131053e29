// Packs long answers for those who take gzip: two months of times are a hundred kilobytes of text
// that says nearly the same over and over, and a phone waits for each of them.
import { promisify } from 'node:util';
import { constants, gzip as gzipWithCallback } from 'node:zlib';
import { vary } from './http_headers.mjs';

const gzip = promisify(gzipWithCallback);

// What fits into one packet is there no sooner.
const worthIt = 1400;

/** @param {import('fastify').FastifyInstance} app */
export function packLongAnswers(app) {
  app.addHook('onSend', async (request, reply, answer) => {
    if (typeof answer !== 'string' || answer.length < worthIt) return answer;
    if (reply.hasHeader('content-encoding')) return answer;
    vary(reply, 'Accept-Encoding');
    if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return answer;
    const packed = await gzip(answer, { level: constants.Z_BEST_SPEED });
    reply.header('content-encoding', 'gzip').removeHeader('content-length');
    return packed;
  });
}
