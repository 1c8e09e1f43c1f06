import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import type { Upload } from '#application/clients/index.js';

/** The path that takes contents of files. */
export const UPLOAD_PATH = 'api/v1/files';

// Nobody sends it: it marks the bodies of the upload route for the parser below.
const RAW_FILE = 'application/vnd.sdelka.raw-file';
// A sender that is silent for so long has gone.
const SILENT_FOR_MS = 30_000;

const declared = new WeakMap<FastifyRequest, string | null>();

const isUpload = ({ method, routeOptions }: FastifyRequest): boolean =>
  method === 'POST' && routeOptions.url === `/${UPLOAD_PATH}`;

/**
 * Leave the bodies of the upload route unread, whatever their content type says, so that the handler reads them as they
 * come; every other route keeps its parsers.
 *
 * Call it once on the adapter's instance before the application is initialised.
 */
export const registerUploadBodies = (fastify: FastifyInstance): void => {
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (isUpload(request)) {
      const { headers } = request.raw;
      declared.set(request, headers['content-type'] ?? null);
      const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
      if (hasBody) headers['content-type'] = RAW_FILE;
    }
    done();
  });
  fastify.addContentTypeParser(RAW_FILE, (request, _payload, done) => {
    if (isUpload(request)) done(null, undefined);
    else done(Object.assign(new Error('Unsupported media type'), { statusCode: 415 }));
  });
};

/** The body of a request to the upload route. */
export const uploadOf = (request: FastifyRequest, name: string): Upload => {
  const length = request.headers['content-length'];
  return {
    name,
    declaredType: declared.get(request) ?? null,
    declaredBytes: length === undefined ? null : Number(length),
    content: contentOf(request),
  };
};

async function* contentOf({ raw }: FastifyRequest): AsyncGenerator<Uint8Array> {
  const silence = setTimeout(() => raw.destroy(new Error('The sender fell silent')), SILENT_FOR_MS);
  try {
    // Whoever stops reading wants to answer: the connection must outlive that.
    for await (const chunk of raw.iterator({ destroyOnReturn: false })) {
      silence.refresh();
      yield chunk as Uint8Array;
    }
  } catch (cause) {
    throw new AppError(sharedErrors['shared.malformed_body'], { cause });
  } finally {
    clearTimeout(silence);
  }
}
