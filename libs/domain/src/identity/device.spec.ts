import { describe, expect, it } from '@jest/globals';
import { deviceOf } from './device.js';

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36';

describe('deviceOf', () => {
  it.each([
    [CHROME, 'Chrome, Windows'],
    [`${CHROME} Edg/142.0`, 'Edge, Windows'],
    [CHROME.replace('Chrome/', 'YaBrowser/26 Chrome/'), 'Yandex, Windows'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) Version/26.0 Mobile Safari/604.1', 'Safari, iPhone'],
    ['Mozilla/5.0 (Linux; Android 16) Chrome/142.0 Mobile Safari/537.36', 'Chrome, Android'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'Firefox, Linux'],
    ['curl/8.17.0', 'curl'],
    ['<script>', null],
    ['', null],
    [null, null],
  ])('reads %p as %p', (userAgent, device) => {
    expect(deviceOf(userAgent)).toBe(device);
  });
});
