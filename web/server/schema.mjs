// One schema is served; a request may name it, and no other.
import { ApiError } from './errors.mjs';

/**
 * @param {import('fastify').FastifyRequest} request
 * @param {string} schema
 */
export function refuseOtherSchema(request, schema) {
  const reads = request.method === 'GET' || request.method === 'HEAD';
  const asked = request.headers[reads ? 'accept-profile' : 'content-profile'];
  if (asked !== undefined && asked !== schema) {
    throw new ApiError(406, 'PGRST106', `Invalid schema: ${asked}`,
      { hint: `Only the following schemas are exposed: ${schema}` });
  }
}
