import { describe, expect, it } from '@jest/globals';
import { Metrics } from './metrics.js';

const reading = {
  waiting: { person: 1, trigger: 0, bulk: 40 },
  accounts: 12,
  pausedAccounts: 2,
  slowestPace: 0.49,
};
/** Lines of one figure, without its help. */
const linesOf = async (metrics: Metrics, name: string) =>
  (await metrics.registry.metrics()).split('\n').filter((line) => line.startsWith(name));

describe('the figures of the request budget', () => {
  it('are read when they are looked at, by lane and never by account', async () => {
    const metrics = new Metrics();
    let current = reading;
    metrics.readBudget(() => current);
    expect(await linesOf(metrics, 'sdelka_amocrm_budget_waiting')).toEqual([
      'sdelka_amocrm_budget_waiting{lane="person"} 1',
      'sdelka_amocrm_budget_waiting{lane="trigger"} 0',
      'sdelka_amocrm_budget_waiting{lane="bulk"} 40',
    ]);
    expect(await linesOf(metrics, 'sdelka_amocrm_budget_accounts')).toEqual([
      'sdelka_amocrm_budget_accounts 12',
      'sdelka_amocrm_budget_accounts_paused 2',
    ]);
    current = { ...reading, slowestPace: 1 };
    expect(await linesOf(metrics, 'sdelka_amocrm_budget_slowest_pace')).toEqual([
      'sdelka_amocrm_budget_slowest_pace 1',
    ]);
  });

  it('count 429s, pauses and blocks', async () => {
    const metrics = new Metrics();
    metrics.amocrmThrottled.inc();
    metrics.amocrmPauses.inc(1.5);
    metrics.amocrmStops.inc({ state: 'blocked' });
    expect(await linesOf(metrics, 'sdelka_amocrm_throttled')).toEqual(['sdelka_amocrm_throttled_total 1']);
    expect(await linesOf(metrics, 'sdelka_amocrm_pause')).toEqual(['sdelka_amocrm_pause_seconds_total 1.5']);
    expect(await linesOf(metrics, 'sdelka_amocrm_stops')).toEqual(['sdelka_amocrm_stops_total{state="blocked"} 1']);
  });
});
