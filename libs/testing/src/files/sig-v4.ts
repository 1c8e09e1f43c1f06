import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface SignedBy {
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

const HEADER = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
const MAX_SKEW_MS = 15 * 60_000;

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
const instantOf = (stamp: string) =>
  Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/**
 * Whether a request carries AWS Signature Version 4 of the given keys, from the header and with a body that fits what
 * was signed of it.
 *
 * AWS: "Authenticating Requests: Using the Authorization Header".
 *
 * @returns the reason when it does not
 */
export const faultOfSignature = (
  { method = '', url = '', headers }: IncomingMessage,
  body: Buffer,
  { region, accessKey, secretKey }: SignedBy,
): string | null => {
  const [, credential = '', names = '', signature = ''] = HEADER.exec(headers.authorization ?? '') ?? [];
  const stamp = String(headers['x-amz-date']);
  const day = stamp.slice(0, 8);
  const scope = `${day}/${region}/s3/aws4_request`;
  if (credential !== `${accessKey}/${scope}`) return 'InvalidAccessKeyId';
  if (!(Math.abs(Date.now() - instantOf(stamp)) < MAX_SKEW_MS)) return 'RequestTimeTooSkewed';
  const signed = names.split(';');
  if (!signed.includes('host')) return 'AccessDenied';
  const payload = String(headers['x-amz-content-sha256']);
  if (payload !== 'UNSIGNED-PAYLOAD' && payload !== sha256(body)) return 'XAmzContentSHA256Mismatch';

  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const path = pathname.split('/').map((part) => encoded(decodeURIComponent(part)));
  const query = [...searchParams].map(([name, value]) => `${encoded(name)}=${encoded(value)}`).sort();
  const lines = signed.map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}\n`);
  const canonical = [method, path.join('/'), query.join('&'), lines.join(''), names, payload].join('\n');
  const text = ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical)].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretKey}`);
  const expected = hmac(key, text);
  return timingSafeEqual(expected, Buffer.from(signature, 'hex')) ? null : 'SignatureDoesNotMatch';
};
