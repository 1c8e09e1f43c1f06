import { PeakMeter } from './limits.js';

export interface CounterView {
  readonly total: number;
  /** By method and path with ids replaced by `{id}`. */
  readonly byEndpoint: Readonly<Record<string, number>>;
  /** By answered status; `dropped` for connections that a fault cut. */
  readonly byStatus: Readonly<Record<string, number>>;
  /** API requests with a good token, by `{account id}/{client id}`. */
  readonly byClient: Readonly<Record<string, number>>;
  readonly refused429: number;
  readonly refused403: number;
  /** Most requests within any one second. */
  readonly peakPerSecond: number;
}

/** Counts every request outside `/_sandbox`, refused ones included. */
export class Counters {
  private total = 0;
  private endpoints = new Map<string, number>();
  private statuses = new Map<string, number>();
  private clients = new Map<string, number>();
  private readonly meter = new PeakMeter();

  arrived(method: string, path: string): void {
    this.total += 1;
    this.meter.hit();
    const endpoint = `${method} ${path.replace(/\/\d+(?=\/|$)/g, '/{id}')}`;
    this.endpoints.set(endpoint, (this.endpoints.get(endpoint) ?? 0) + 1);
  }

  recognised({ accountId, clientId }: { readonly accountId: number; readonly clientId: string }): void {
    const key = `${accountId}/${clientId}`;
    this.clients.set(key, (this.clients.get(key) ?? 0) + 1);
  }

  answered(status: number | 'dropped'): void {
    this.statuses.set(String(status), (this.statuses.get(String(status)) ?? 0) + 1);
  }

  view(): CounterView {
    return {
      total: this.total,
      byEndpoint: Object.fromEntries(this.endpoints),
      byStatus: Object.fromEntries(this.statuses),
      byClient: Object.fromEntries(this.clients),
      refused429: this.statuses.get('429') ?? 0,
      refused403: this.statuses.get('403') ?? 0,
      peakPerSecond: this.meter.peak,
    };
  }

  reset(): void {
    this.total = 0;
    this.endpoints = new Map();
    this.statuses = new Map();
    this.clients = new Map();
    this.meter.reset();
  }
}
