import { connect } from 'node:net';

/** Announce `length` bytes and send only the first of them: the answer must not wait for the rest. @returns its status */
export const statusOfRaw = (
  url: string,
  headers: Readonly<Record<string, string>>,
  length: number,
  start: string,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port, pathname } = new URL(url);
    const lines = Object.entries({ host: hostname, ...headers, 'content-length': String(length) });
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    const socket = connect(Number(port), hostname, () => {
      socket.write(`POST ${pathname} HTTP/1.1\r\n${head}\r\n${start}`);
    });
    socket.setTimeout(10_000, () => socket.destroy(new Error('No answer')));
    socket.once('error', reject);
    socket.once('data', (data) => {
      socket.destroy();
      resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(data.toString())?.[1]));
    });
  });
