import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '../../shared/app-error.js';
import type { HookKind } from '../hook-token.js';
import { isEntry, type PipelineHookEvent } from './hook-event.js';
import { readHook } from './read-hook.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (body: string, kind: HookKind = 'digital_pipeline') => readHook(bytes(body), kind);

const ACCOUNT = 'account[id]=31&account[subdomain]=demo';
const LINKS = '&account[_links][self]=https://demo.amocrm.ru';

describe('readHook: the digital pipeline sends a webhook', () => {
  it('reads a stage change', () => {
    const hook = read(
      `leads[status][0][id]=10&leads[status][0][status_id]=142&leads[status][0][pipeline_id]=3` +
        `&leads[status][0][old_status_id]=7&leads[status][0][old_pipeline_id]=3&${ACCOUNT}`,
    );
    expect(hook).toEqual({
      accountId: 31,
      subdomain: 'demo',
      brokenEncoding: false,
      unknownKeys: [],
      events: [{ kind: 'pipeline', dealId: 10, event: 'status', stageId: 142, pipelineId: 3 }],
    });
  });

  it.each(['add', 'mail_in', 'call_in', 'chat', 'site_visit', 'something_new'])('takes the event %s', (event) => {
    expect(read(`leads[${event}][0][id]=10&${ACCOUNT}`).events).toEqual([{ kind: 'pipeline', dealId: 10, event }]);
  });

  it('reads the documented JSON notation', () => {
    const body = JSON.stringify({
      leads: { status: [{ id: 10, status_id: 142, pipeline_id: 3 }] },
      account: { id: 31, subdomain: 'demo' },
    });
    expect(read(body)).toMatchObject({ accountId: 31, events: [{ kind: 'pipeline', dealId: 10, stageId: 142 }] });
  });

  it('never takes an account webhook for a trigger, although its address was used', () => {
    const whole = `leads[update][0][id]=10&leads[update][0][name]=A&leads[update][0][last_modified]=1700000000&${ACCOUNT}`;
    const linked = `leads[delete][0][id]=10&${ACCOUNT}${LINKS}`;
    expect([read(whole), read(linked)].map(({ events }) => events[0]?.kind)).toEqual(['account', 'account']);
  });

  it('passes customers on as what they are', () => {
    expect(read(`customers[period][0][id]=5&${ACCOUNT}`).events).toMatchObject([
      { kind: 'account', entity: 'customers', action: 'period' },
    ]);
  });
});

describe('readHook: a widget action', () => {
  const data = { id: 10, element_type: 2, status_id: 142, pipeline_id: 3 };
  const widget = (event: object) => JSON.stringify({ event, subdomain: 'demo', account_id: 31 });

  it('reads JSON', () => {
    const hook = read(widget({ type: 14, type_code: 'lead_status_changed', data }));
    expect(hook).toMatchObject({ accountId: 31, subdomain: 'demo' });
    expect(hook.events).toEqual([
      { kind: 'pipeline', dealId: 10, event: 'lead_status_changed', stageId: 142, pipelineId: 3 },
    ]);
  });

  it('reads a form', () => {
    const body =
      'event[type]=15&event[type_code]=lead_appeared_in_status&event[data][id]=10&event[data][element_type]=2' +
      '&event[data][direction_of_movement]=went_to_trigger&event[time]=1700000000' +
      '&action[settings][widget][settings][note]=x&subdomain=demo&account_id=31';
    expect(read(body).events).toEqual([
      { kind: 'pipeline', dealId: 10, event: 'lead_appeared_in_status', direction: 'went_to' },
    ]);
  });

  it('finds the deal in the other place', () => {
    const leads = { status: [{ id: 10, status_id: 142, pipeline_id: 3 }] };
    expect(read(widget({ type: 14, data: { leads } })).events).toEqual([
      { kind: 'pipeline', dealId: 10, event: '14', stageId: 142, pipelineId: 3 },
    ]);
  });

  it('tells entering from moving on', () => {
    const moved = (direction: string) =>
      read(widget({ type: 15, data: { ...data, direction_of_movement: direction } })).events[0] as PipelineHookEvent;
    const entries = ['went_to_trigger', 'went_in_trigger', 'went_from_trigger', 'unheard_of'].map((d) =>
      isEntry(moved(d)),
    );
    expect(entries).toEqual([true, false, false, true]);
  });

  it('makes no deal of a customer', () => {
    const [event] = read(widget({ type_code: 'customer_added', data: { id: 5, element_type: 12 } })).events;
    expect(event).toMatchObject({ kind: 'account', entity: 'customers', action: 'customer_added' });
  });
});

describe('readHook: account webhooks', () => {
  const account = (body: string) => read(`${body}&${ACCOUNT}${LINKS}`, 'account').events;

  it('reads several items', () => {
    expect(
      account('leads[status][0][id]=10&leads[status][0][updated_at]=1700000000&leads[status][1][id]=11'),
    ).toMatchObject([
      { kind: 'account', entity: 'leads', action: 'status', dealId: 10, changedAt: 1_700_000_000 },
      { kind: 'account', entity: 'leads', action: 'status', dealId: 11 },
    ]);
  });

  it('finds the deal of a note and of a task, wrapped or not', () => {
    expect(account('leads[note][0][note][id]=1&leads[note][0][note][element_id]=10')[0]?.dealId).toBe(10);
    const task = (at: string) =>
      `task[update]${at}[id]=1&task[update]${at}[element_id]=10&task[update]${at}[element_type]=2`;
    expect([account(task('[0]')), account(task('[0][0]'))].map(([event]) => event?.dealId)).toEqual([10, 10]);
    expect(account(task('[0]').replace('element_type]=2', 'element_type]=1'))[0]?.dealId).toBeUndefined();
  });

  it('tells companies from contacts, although both come as contacts', () => {
    const told = (fields: string) => account(`contacts[update][0][id]=5&contacts[update][0][type]=${fields}`)[0];
    expect([told('company'), told('contact')]).toMatchObject([
      { entity: 'companies', action: 'update', entityId: 5 },
      { entity: 'contacts', action: 'update', entityId: 5 },
    ]);
  });

  it('tells how an incoming lead was dealt with, although both come as deletions', () => {
    const ended = (fields: string) => account(`unsorted[delete][0][uid]=u&${fields}`)[0];
    expect(
      [
        'unsorted[delete][0][action]=accept&unsorted[delete][0][accept_result][leads][]=10',
        'unsorted[delete][0][action]=decline&unsorted[delete][0][decline_result][leads][]=11',
        'unsorted[delete][0][action]=other',
      ].map(ended),
    ).toMatchObject([
      { entity: 'unsorted', action: 'accept', dealId: 10 },
      { entity: 'unsorted', action: 'decline', dealId: 11 },
      { entity: 'unsorted', action: 'delete' },
    ]);
    expect(account('unsorted[add][0][uid]=u&unsorted[add][0][lead_id]=12')[0]).toMatchObject({ dealId: 12 });
  });

  it('keeps what it does not know, and says so', () => {
    const hook = read(
      `leads[add][0][id]=10&tariff=pro&robots[x]=1&robots2[add][0][id]=3&${ACCOUNT}${LINKS}`,
      'account',
    );
    expect(hook.unknownKeys).toEqual(['tariff', 'robots']);
    expect(hook.events).toMatchObject([
      { entity: 'leads', dealId: 10 },
      { entity: 'robots2', action: 'add', entityId: 3 },
    ]);
  });

  it('keeps every field, however many', () => {
    const fields = Array.from({ length: 3_000 }, (_, i) => `leads[add][0][custom_fields][${i}][values][0][value]=${i}`);
    const [event] = account(`leads[add][0][id]=10&${fields.join('&')}`);
    expect(event).toMatchObject({ dealId: 10 });
    const customFields = event?.kind === 'account' ? event.raw.get('custom_fields') : undefined;
    expect(customFields).toHaveProperty('size', 3_000);
  });

  it('reads a very old envelope', () => {
    const hook = read('account[subdomain]=demo&leads[add][0][id]=10', 'account');
    expect(hook).toMatchObject({ accountId: null, subdomain: 'demo' });
  });
});

describe('readHook: anything else', () => {
  it.each([
    ['', 'empty'],
    [' \r\n', 'empty'],
    ['{"leads":', 'bad_json'],
    [`a${'[b]'.repeat(1_000)}=1`, 'too_deep'],
    ['['.repeat(1_000) + ']'.repeat(1_000), 'too_deep'],
  ])('refuses %#', (body, reason) => {
    expect(() => read(body)).toThrow(expect.objectContaining({ code: 'crm.hook_unreadable', details: { reason } }));
  });

  it.each([
    'hello',
    'leads=1',
    'leads[status]=x',
    'leads[status][0]=x',
    'leads[status][0][id]=abc',
    '[]',
    'event[data]=1',
  ])('finds no event in %s', (body) => {
    expect(read(body)).toMatchObject({ accountId: null, events: [] });
  });

  it('reads ids out of a broken encoding and flags it', () => {
    const raw = new Uint8Array([...bytes(`${ACCOUNT}&leads[status][0][id]=10&leads[status][0][x]=`), 0xd1, 0xe4, 0xff]);
    expect(readHook(raw, 'digital_pipeline')).toMatchObject({
      brokenEncoding: true,
      accountId: 31,
      events: [{ dealId: 10 }],
    });
  });

  it('reads or refuses any bytes, with no other error', () => {
    const kind = fc.constantFrom<HookKind>('account', 'digital_pipeline');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), kind, (body, expected) => {
        try {
          expect(Array.isArray(readHook(body, expected).events)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
    );
  });
});
