import { deflateSync } from 'node:zlib';

/** Contents that are what they are called. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
export const PDF = Buffer.from('%PDF-1.4\n%âãÏÓ\n1 0 obj <<>> endobj\n');
export const ELF = Buffer.concat([Buffer.from('7f454c4602010100', 'hex'), Buffer.alloc(200, 3)]);
export const EXE = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(400, 1)]);
export const NOISE = deflateSync(Buffer.alloc(5_000, 'noise'));
export const HTML = Buffer.from('<!doctype html><script>alert(document.domain)</script>');
export const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
