// Another site, on another port: plain pages with the tag in them.
import { once } from 'node:events';
import { createServer } from 'node:http';

/** A site that serves whatever pages it is given, and nothing else. */
export async function startSite() {
  const pages = new Map();
  const server = createServer((request, response) => {
    const page = pages.get(request.url);
    if (page === undefined) return response.writeHead(404).end();
    return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    show(html) {
      const path = `/page-${pages.size}`;
      pages.set(path, html);
      return origin + path;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/**
 * A page of the site: the tag's module by its address, and what the site itself listens to.
 * @param {string} body
 * @param {{ from: string, styles?: string }} how  from: the gateway whose module it takes
 */
export function html(body, { from, styles = '' }) {
  return `<!doctype html>
<html lang="en"><head><title>Another site</title><link rel="icon" href="data:,">
<style>${styles}</style>
<script>
  heard = [];
  for (const type of ['slotguard:booked', 'slotguard:refused']) {
    addEventListener(type, ({ target, detail }) => heard.push({ type, by: target.id, detail }));
  }
</script>
<script type="module" src="${from}/slotguard-booking.mjs"></script>
</head><body>${body}</body></html>`;
}

/** The tag itself. */
export function tag({ content = '', ...attributes }) {
  const all = { id: 'tag', mentor: 'ada', locale: 'en-GB', 'time-zone': 'UTC', ...attributes };
  const written = Object.entries(all).map(([name, value]) => `${name}="${value}"`).join(' ');
  return `<slotguard-booking ${written}>${content}</slotguard-booking>`;
}
