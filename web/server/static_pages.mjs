// The page's own files and the browser module. Only names that were seen in the folders are
// served, so there is no path to climb out by.
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip as gzipWithCallback } from 'node:zlib';
import { vary } from './http_headers.mjs';

const gzip = promisify(gzipWithCallback);

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/**
 * @param {import('fastify').FastifyInstance} app
 * @param {{ pageFolder: string, moduleFolder: string }} folders
 */
export function addStaticPages(app, { pageFolder, moduleFolder }) {
  for (const name of readdirSync(pageFolder)) serveFile(app, `/${name}`, join(pageFolder, name));
  serveFile(app, '/', join(pageFolder, 'index.html'));
  serveFile(app, '/mentor', join(pageFolder, 'mentor.html'));
  // The browser module, the pages' scripts, and the languages in a folder of their own.
  for (const name of readdirSync(moduleFolder, { recursive: true })) {
    serveFile(app, `/${name}`, join(moduleFolder, name));
  }
}

/** Serves one file under a path; what is no kind of file that a page has is left out. */
export function serveFile(app, url, path) {
  const type = types[extname(path)];
  if (type === undefined) return;
  let kept;
  app.get(url, async (request, reply) => {
    try {
      kept = await refresh(kept, path);
    } catch {
      return reply.callNotFound();
    }
    // Kept by the browser, asked for again each time: a new release is seen at once, for a 304.
    reply.headers({ 'cache-control': 'no-cache', etag: kept.etag });
    vary(reply, 'Accept-Encoding');
    if (request.headers['if-none-match'] === kept.etag) return reply.code(304).send();
    const packed = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    if (packed) reply.header('content-encoding', 'gzip');
    return reply.type(type).send(packed ? kept.packed : kept.plain);
  });
}

/** The file's content, read and packed again only when it has changed on disk. */
async function refresh(kept, path) {
  const { mtimeMs, size } = await stat(path);
  if (kept?.mtimeMs === mtimeMs && kept.size === size) return kept;
  const plain = await readFile(path);
  const etag = `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  return { mtimeMs, size, plain, packed: await gzip(plain), etag };
}
