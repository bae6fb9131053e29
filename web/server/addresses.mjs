// Where a request comes from: the address that its limits go by, and the proxies that are believed about it.
import { BlockList, isIP } from 'node:net';
import { normalizeIP } from '@fastify/rate-limit';

const family = (address) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Some proxies write the port of the connection too. */
function withoutPort(address) {
  const [, ipv6, ipv4] = address.match(/^(?:\[(.*)\](?::\d+)?|([^:]*):\d+)$/) ?? [];
  return ipv6 ?? ipv4 ?? address;
}

/** The same for all addresses of one subscriber: of IPv6, he has a whole network. */
export function addressOf(ip) {
  return normalizeIP(withoutPort(ip));
}

/**
 * @param {string[]} list  addresses and networks
 * @returns {(address: string) => boolean}
 * @throws {Error} with the one that is none as its message
 */
export function trustedProxies(list) {
  const trusted = new BlockList();
  for (const one of list) {
    const [address, length] = one.split('/');
    try {
      if (length === undefined) trusted.addAddress(address, family(address));
      else trusted.addSubnet(address, Number(length), family(address));
    } catch {
      throw new Error(one);
    }
  }
  return (forwarded) => {
    const address = withoutPort(forwarded);
    return isIP(address) !== 0 && trusted.check(address, family(address));
  };
}

/** Who runs the gateway behind a proxy and forgot to say so learns it from the log and not from visitors. */
export function tellOfUnnamedProxy(app, { isTrustedProxy }, log) {
  let told = false;
  app.addHook('onRequest', async ({ headers, raw }) => {
    const { remoteAddress } = raw.socket;
    if (told || headers['x-forwarded-for'] === undefined || isTrustedProxy(remoteAddress)) return;
    told = true;
    log(`X-Forwarded-For of ${addressOf(remoteAddress)} is not believed: if that is a proxy, `
      + 'SLOTGUARD_TRUSTED_PROXIES should name it, else all who come by it count as one');
  });
}
