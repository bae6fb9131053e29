// The connections of browsers: how long they last, and how they end when the gateway does.

/**
 * @param {import('./configuration.mjs').Configuration} configuration
 * @returns {number} milliseconds without a word on a connection after which it is given up: longer
 *   than an answer can take, which may have to read the catalogue first
 */
export function longestSilence({ requestTimeout, connectionTimeout, statementTimeout }) {
  return requestTimeout + 2 * (2 * connectionTimeout + statementTimeout);
}

/**
 * What was asked is answered, and the answer is the last on its connection; a connection on which
 * nothing is under way is ended at once. Node itself ends only those that have had an answer: one
 * that a browser opens in advance, and says nothing on, would keep the gateway from ending, since
 * its own timeouts are off by then.
 * @param {import('fastify').FastifyInstance} app
 */
export function letConnectionsEnd(app) {
  const requestsUnderWay = new Map();
  let stopping = false;
  app.server.on('connection', (socket) => {
    if (stopping) {
      socket.destroy();
      return;
    }
    requestsUnderWay.set(socket, 0);
    socket.once('close', () => requestsUnderWay.delete(socket));
  });
  const count = (socket, change) => {
    if (socket.destroyed) return;
    requestsUnderWay.set(socket, requestsUnderWay.get(socket) + change);
  };
  app.server.on('request', ({ socket }, response) => {
    count(socket, 1);
    response.once('close', () => count(socket, -1));
  });
  app.addHook('preClose', async () => {
    stopping = true;
    for (const [socket, requests] of requestsUnderWay) if (requests === 0) socket.destroy();
  });
  app.addHook('onSend', async (request, reply) => {
    if (stopping) reply.header('connection', 'close');
  });
}
