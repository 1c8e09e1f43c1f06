import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { formatMarker } from '#domain/deals/copy-marker.js';
import { asId, type AmoDealId, type CopyItemId } from '#domain/shared/ids.js';
import { anAmoClient } from '#testing/amocrm/amo-client.js';
import { InMemoryGrants, anAmoGrant } from '#testing/amocrm/in-memory-grants.js';
import { ScriptedServer, html, type SeenRequest } from '#testing/amocrm/scripted-server.js';
import { HttpAmoDeals } from './http-amo-deals.js';

const CALL = { lane: 'bulk' } as const;
const ids = (from: number, count: number) => Array.from({ length: count }, (_, index) => asId<AmoDealId>(from + index));
const asked = ({ query }: SeenRequest, name: string) => query.getAll(`filter[${name}][]`).map(Number);
const page = (list: string, rows: readonly object[], next = false) => ({
  body: { _links: next ? { next: { href: 'https://evil.example/next' } } : {}, _embedded: { [list]: rows } },
});
const leadOf = (id: number) => ({ id, name: `Deal ${id}`, pipeline_id: 1, status_id: 2, created_at: 1_700_000_000 });
const taskOf = (id: number, dealId: number) => ({
  id,
  entity_id: dealId,
  entity_type: 'leads',
  text: 't',
  complete_till: 1_700_000_900,
  created_at: 1_700_000_000 - id,
});

describe('HttpAmoDeals', () => {
  let server: ScriptedServer;
  let deals: HttpAmoDeals;

  beforeAll(async () => {
    server = await ScriptedServer.start();
  });
  beforeEach(() => {
    const grants = new InMemoryGrants(anAmoGrant({ baseUrl: server.origin }));
    deals = new HttpAmoDeals(anAmoClient(grants, { baseUrl: server.origin }).http, () => 'workspace');
  });
  afterAll(() => server.close());

  describe('reading deals', () => {
    it('takes one request for 250, in the order asked for, without deleted and unknown ones', async () => {
      const wanted = [...ids(100_000_000, 250)].reverse();
      server.play((request) => {
        const rows: { id: number }[] = asked(request, 'id').map((id) => ({
          ...leadOf(id),
          is_deleted: id === 100_000_001,
        }));
        // The full page claims a next one that would be empty.
        return page('leads', rows.filter(({ id }) => id !== 100_000_002).reverse(), true);
      });
      const found = await deals.readDeals(wanted, CALL);

      expect(server.seen).toHaveLength(1);
      expect(server.seen[0]?.query.get('with')).toBe('contacts,catalog_elements,loss_reason');
      expect(found.map(({ id }) => id)).toEqual(wanted.filter((id) => id !== 100_000_001 && id !== 100_000_002));
    });

    it('asks for nothing when nothing is wanted', async () => {
      server.play(() => html(500));
      await expect(deals.readDeals([], CALL)).resolves.toEqual([]);
      await expect(deals.readOpenTasks([], CALL)).resolves.toEqual([]);
      await expect(deals.readNotes(ids(1, 1), [], CALL)).resolves.toEqual([]);
      await expect(deals.createTasks([], CALL)).resolves.toEqual({ kind: 'written', results: [] });
      expect(server.seen).toHaveLength(0);
    });

    const single = ({ path }: SeenRequest) => {
      const id = Number(/^\/api\/v4\/leads\/(\d+)$/.exec(path)?.[1]);
      return Number.isNaN(id) ? undefined : id === 13 ? { status: 204 } : { body: leadOf(id) };
    };

    it('reads one by one where filters are ignored, and remembers that', async () => {
      const everything = [leadOf(11), ...ids(1_000, 249).map(leadOf)];
      server.play((request) => single(request) ?? page('leads', everything, true));

      expect((await deals.readDeals(ids(11, 3), CALL)).map(({ id }) => id)).toEqual([11, 12]);
      expect(server.seen.map(({ path }) => path)).toEqual(['/api/v4/leads', '/api/v4/leads/12', '/api/v4/leads/13']);

      await deals.readDeals(ids(20, 2), CALL);
      expect(server.seen.slice(3).map(({ path }) => path)).toEqual(['/api/v4/leads/20', '/api/v4/leads/21']);
    });

    it('reads one by one where filters are refused', async () => {
      server.play((request) => single(request) ?? { status: 400, body: { title: 'Bad Request', status: 400 } });

      expect((await deals.readDeals(ids(20, 40), CALL)).map(({ id }) => id)).toEqual(ids(20, 40));
      // The whole list, one id of it to be sure, then the deals themselves.
      expect(server.seen).toHaveLength(42);
    });

    it.each([400, 414, 504])(
      'asks for fewer at once where %i says that 250 are too many, and remembers that',
      async (status) => {
        server.play((request) => {
          const wanted = asked(request, 'id');
          return wanted.length > 70
            ? { ...html(status), ...(status === 400 ? { headers: {}, body: {} } : {}) }
            : page('leads', wanted.map(leadOf));
        });

        expect((await deals.readDeals(ids(1, 250), CALL)).map(({ id }) => id)).toEqual(ids(1, 250));
        server.play((request) => page('leads', asked(request, 'id').map(leadOf)));
        await deals.readDeals(ids(1, 250), CALL);
        expect(Math.max(...server.seen.map((request) => asked(request, 'id').length))).toBeLessThanOrEqual(70);
      },
    );
  });

  it('reads the tasks of 250 deals in four requests, and stops at a page that is empty', async () => {
    const wanted = ids(100_000_000, 250);
    const rows = wanted.flatMap((dealId, index) => [0, 1, 2].map((turn) => taskOf(1 + index * 3 + turn, dealId)));
    server.play(({ query }) => {
      const at = Number(query.get('page')) - 1;
      return at < 3 ? page('tasks', rows.slice(at * 250, at * 250 + 250), true) : { status: 204 };
    });
    const tasks = await deals.readOpenTasks(wanted, CALL);

    expect(server.seen).toHaveLength(4);
    expect(server.seen.every(({ target }) => target.length < 8_100)).toBe(true);
    expect(server.seen[0]?.query.get('filter[is_completed]')).toBe('0');
    expect(tasks.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).reverse());
  });

  it('reads completed tasks only when all are wanted', async () => {
    const rows = [taskOf(1, 5), { ...taskOf(2, 5), is_completed: true, result: { text: 'done' } }, taskOf(3, 6)];
    server.play(() => page('tasks', rows));

    expect((await deals.readOpenTasks(ids(5, 1), CALL)).map(({ id }) => id)).toEqual([1]);
    expect((await deals.readAllTasks(ids(5, 1), CALL)).map(({ id }) => id)).toEqual([2, 1]);
    expect(server.seen[1]?.query.has('filter[is_completed]')).toBe(false);
  });

  it('reads notes of the wanted types and deals only', async () => {
    const noteOf = (id: number, dealId: number, type: string) => ({
      id,
      entity_id: dealId,
      note_type: type,
      params: {},
      created_at: id,
    });
    server.play(() =>
      page('notes', [
        noteOf(3, 5, 'common'),
        noteOf(2, 5, 'amomail_message'),
        noteOf(1, 5, 'common'),
        noteOf(4, 9, 'common'),
      ]),
    );

    expect((await deals.readNotes(ids(5, 1), ['common', 'sms_in'], CALL)).map(({ id }) => id)).toEqual([1, 3]);
    expect(server.seen[0]?.target).toContain(
      'filter[note_type][]=common&filter[note_type][]=sms_in&filter[entity_id][]=5',
    );
  });

  it('reads products by catalogue', async () => {
    server.play(({ path }) =>
      path.includes('/900/')
        ? page('elements', [
            { id: 1, name: 'Oven' },
            { id: 3, name: 'Not asked for' },
          ])
        : { status: 204 },
    );
    const wanted = [
      { catalogId: 900, elementId: 1 },
      { catalogId: 900, elementId: 2 },
      { catalogId: 901, elementId: 1 },
    ];

    await expect(deals.readProducts(wanted, CALL)).resolves.toEqual([
      { catalogId: 900, elementId: 1, name: 'Oven', isArchived: false },
    ]);
    expect(server.seen).toHaveLength(2);
  });

  it('reads product links by deal', async () => {
    server.play(() =>
      page('links', [
        { entity_id: 5, to_entity_id: 71, to_entity_type: 'contacts', metadata: { main_contact: true } },
        {
          entity_id: 5,
          to_entity_id: 1,
          to_entity_type: 'catalog_elements',
          metadata: { quantity: 2, catalog_id: 900, price_id: null },
        },
        {
          entity_id: 8,
          to_entity_id: 1,
          to_entity_type: 'catalog_elements',
          metadata: { quantity: 2, catalog_id: 900 },
        },
      ]),
    );

    await expect(deals.readProductLinks(ids(5, 2), CALL)).resolves.toEqual(
      new Map([
        [5, [{ catalogId: 900, elementId: 1, quantity: 2, priceId: null }]],
        [6, []],
      ]),
    );
  });

  describe('finding marked copies', () => {
    const since = new Date(1_700_000_000_000);
    const item = (digit: number) => asId<CopyItemId>(`01900000-0000-7000-8000-00000000000${digit}`);
    const marked = (id: number, digit: number, at = 1_700_000_100) => ({
      ...leadOf(id),
      created_at: at,
      custom_fields_values: [
        { field_id: 77, values: [{ value: formatMarker({ sourceDealId: asId<AmoDealId>(1), itemId: item(digit) }) }] },
      ],
    });
    const found = (dealId: number) => ({ dealId, contactIds: [], companyId: null });
    const filler = (from: number, count: number, at: number) =>
      ids(from, count)
        .reverse()
        .map((id) => ({ ...leadOf(id), created_at: at }));

    it('walks from the newest deal until a page lies before the time, dates of imports notwithstanding', async () => {
      const newest = [marked(5_000, 2), ...filler(4_751, 249, 1_500_000_000)];
      const older = [marked(4_750, 1), ...filler(4_501, 249, 1_500_000_000)];
      const before = filler(4_251, 250, 1_600_000_000);
      const pages = [newest, older, before];
      server.play(({ query }) => page('leads', pages[Number(query.get('page')) - 1] ?? [], true));

      await expect(deals.findMarked(77, since, CALL)).resolves.toEqual(
        new Map([
          [item(2), found(5_000)],
          [item(1), found(4_750)],
        ]),
      );
      // Twice, since it took several pages.
      expect(server.seen).toHaveLength(6);
      expect(server.seen[0]?.query.get('order[id]')).toBe('desc');
    });

    it('finds a copy that slipped between two pages while a deal was deleted', async () => {
      const rows = [...filler(5_000, 250, 1_700_000_000), marked(4_000, 1), ...filler(3_900, 100, 1_700_000_000)];
      let deleted = false;
      server.play(({ query }) => {
        const at = Number(query.get('page')) - 1;
        const left = deleted ? rows.slice(1) : rows;
        deleted = true;
        return page('leads', left.slice(at * 250, at * 250 + 250), (at + 1) * 250 < left.length);
      });

      await expect(deals.findMarked(77, since, CALL)).resolves.toEqual(new Map([[item(1), found(4_000)]]));
    });

    it('says whom a copy is with, the main contact first, in the same answers', async () => {
      const contacts = [
        { id: 41, is_main: false },
        { id: 42, is_main: true },
      ];
      server.play(() => page('leads', [{ ...marked(20, 1), _embedded: { contacts, companies: [{ id: 51 }] } }]));

      const copy = { dealId: 20, contactIds: [42, 41], companyId: 51 };
      await expect(deals.findMarked(77, since, CALL)).resolves.toEqual(new Map([[item(1), copy]]));
      expect(server.seen.map(({ query }) => query.get('with'))).toEqual(['contacts']);
    });

    it('takes the first deal with a marker for the copy', async () => {
      server.play(() =>
        page('leads', [
          marked(20, 1),
          marked(10, 1),
          { ...leadOf(9), custom_fields_values: [{ field_id: 77, values: [{ value: 'typed by hand' }] }] },
        ]),
      );

      await expect(deals.findMarked(77, since, CALL)).resolves.toEqual(new Map([[item(1), found(10)]]));
    });

    it('goes on with smaller pages, from where it was, when a page is too heavy', async () => {
      const rows = filler(1, 600, 1_700_000_100);
      server.play(({ query }) => {
        const [limit, at] = [Number(query.get('limit')), Number(query.get('page')) - 1];
        if (limit > 125 && at > 0) return html(504);
        return page('leads', rows.slice(at * limit, at * limit + limit), (at + 1) * limit < rows.length);
      });
      await deals.findMarked(77, since, CALL);

      const pages = server.seen.map(({ query }) => `${query.get('limit')}/${query.get('page')}`);
      expect(pages.slice(0, pages.length / 2)).toEqual(['250/1', '250/2', '125/3', '125/4', '125/5']);
    });
  });
});
