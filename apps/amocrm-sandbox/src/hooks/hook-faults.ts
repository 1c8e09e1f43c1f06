import { aBool, aNumber, anInt, shape, type Rule } from '../validate/rules.js';

export interface HookFaultSettings {
  readonly duplicateProbability?: number;
  readonly delayMs?: { readonly min: number; readonly max: number };
  readonly reorder?: boolean;
}

/** Shape of `POST /_sandbox/hook-faults`. */
export const aHookFaults: Rule<HookFaultSettings> = shape({
  duplicateProbability: aNumber,
  delayMs: shape({ min: anInt, max: anInt }, ['min', 'max']),
  reorder: aBool,
});

/** How deliveries of webhooks go wrong. */
export class HookFaults {
  private settings: HookFaultSettings = {};
  readonly swapGapMs = 20;
  readonly loneAfterMs = 100;

  /** Replace the settings; what is left out is switched off. */
  set(settings: HookFaultSettings): void {
    this.settings = settings;
  }

  view(): HookFaultSettings {
    return this.settings;
  }

  duplicates(): boolean {
    return Math.random() < (this.settings.duplicateProbability ?? 0);
  }

  delayMs(): number {
    const { min, max } = this.settings.delayMs ?? { min: 0, max: 0 };
    return min + Math.random() * Math.max(0, max - min);
  }

  reorders(): boolean {
    return this.settings.reorder ?? false;
  }
}
