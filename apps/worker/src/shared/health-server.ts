import { createServer, type Server } from 'node:http';

export interface HealthProbes {
  failing(): Promise<readonly string[]>;
  metrics(): Promise<string>;
}

/**
 * A worker's own health check and figures: it has no API to ask. Answers GET /health/live, /health/ready, /metrics.
 *
 * @param port  TCP port, 0 = any free one
 * @returns the server, listening
 */
export const startHealthServer = (probes: HealthProbes, host: string, port: number): Promise<Server> => {
  const answer = async (path: string | undefined): Promise<readonly [number, string]> => {
    switch (path) {
      case '/health/live':
        return [200, '{"status":"ok"}'];
      case '/health/ready': {
        const failing = await probes.failing();
        return [failing.length === 0 ? 200 : 503, JSON.stringify({ ready: failing.length === 0, failing })];
      }
      case '/metrics':
        return [200, await probes.metrics()];
      default:
        return [404, '{}'];
    }
  };
  const server = createServer((request, response) => {
    answer(request.url).then(
      ([status, body]) =>
        response
          .writeHead(status, {
            'content-type': body.startsWith('{') ? 'application/json' : 'text/plain; version=0.0.4',
          })
          .end(body),
      () => response.writeHead(500).end(),
    );
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
};
