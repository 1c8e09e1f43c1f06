import { anInt, aNumber, oneOf, shape, text, type Rule } from './validate/rules.js';

export const FAULT_KINDS = ['latency', 'status', 'html', 'drop_before', 'drop_after', 'half_body'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface FaultRule {
  readonly match?: { readonly method?: string; readonly path?: string };
  readonly kind: FaultKind;
  readonly status?: number;
  readonly latencyMs?: number;
  /** Chance for each matching request, 0…1; default 1. */
  readonly probability?: number;
  /** How often it strikes at most; default unlimited. */
  readonly times?: number;
  /** The first so many matches pass. */
  readonly skip?: number;
}

/** Shape of `POST /_sandbox/faults`. */
export const aFaultRule: Rule<FaultRule> = shape(
  {
    match: shape({ method: text(10), path: text(1_000) }),
    kind: oneOf(FAULT_KINDS),
    status: anInt,
    latencyMs: anInt,
    probability: aNumber,
    times: anInt,
    skip: anInt,
  },
  ['kind'],
);

interface ActiveFault {
  readonly id: number;
  readonly rule: FaultRule;
  readonly path: RegExp | null;
  matched: number;
  hits: number;
}

/** Rules by which API answers go wrong. The first rule of each request that strikes wins, but latency adds to others. */
export class Faults {
  private rules: ActiveFault[] = [];
  private sequence = 0;

  /** @throws SyntaxError when the path is no regular expression */
  add(rule: FaultRule): number {
    this.sequence += 1;
    const path = rule.match?.path === undefined ? null : new RegExp(rule.match.path);
    this.rules.push({ id: this.sequence, rule, path, matched: 0, hits: 0 });
    return this.sequence;
  }

  /** What happens to this request: at most one latency and one other fault. */
  strike(method: string, url: string): FaultRule[] {
    const struck: FaultRule[] = [];
    for (const fault of this.rules) {
      const taken = struck.some((rule) => (rule.kind === 'latency') === (fault.rule.kind === 'latency'));
      if (!taken && this.strikes(fault, method, url)) struck.push(fault.rule);
    }
    return struck;
  }

  list(): object[] {
    return this.rules.map(({ id, rule, matched, hits }) => ({ id, ...rule, matched, hits }));
  }

  clear(): void {
    this.rules = [];
  }

  private strikes(fault: ActiveFault, method: string, url: string): boolean {
    const { rule } = fault;
    if (rule.match?.method && rule.match.method.toUpperCase() !== method) return false;
    if (fault.path && !fault.path.test(url)) return false;
    fault.matched += 1;
    if (fault.matched <= (rule.skip ?? 0)) return false;
    if (rule.times !== undefined && fault.hits >= rule.times) return false;
    if (Math.random() >= (rule.probability ?? 1)) return false;
    fault.hits += 1;
    return true;
  }
}
