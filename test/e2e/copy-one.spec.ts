import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Directory, Item } from '#testing/product/api-types.js';
import { eventually } from '#testing/eventually.js';
import { linksIn, markerOf } from '#testing/product/census.js';
import { modeFromEnvironment, Product } from '#testing/product/product.js';
import type { FieldValues, Lead, Task } from '#testing/product/sandbox-types.js';
import { findLeaks } from './leaks.js';

const NOTES = ['common', 'call_in', 'service_message'];

let product: Product;
let directory: Directory;
beforeAll(async () => {
  product = await Product.start({ mode: modeFromEnvironment(), name: 'copy-one' });
  directory = await product.api.directory();
});
afterAll(() => product?.stop());

const working = (pipelineIndex: number, stageIndex: number) => {
  const pipeline = directory.pipelines[pipelineIndex]!;
  return { pipelineId: pipeline.id, stageId: pipeline.stages.filter(({ kind }) => kind === 'working')[stageIndex]!.id };
};

/** A field's values by what a person would see, without the spelling of reading. */
const filled = ({ custom_fields_values: fields }: Lead, skip: readonly number[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    (fields ?? [])
      .filter(({ field_id: id }) => !skip.includes(id))
      .map(({ field_name: name, values }: FieldValues) => [name, values]),
  );

interface TimelinePage {
  readonly items: readonly { readonly kind: string; readonly text: string }[];
}

/** Make clients of the main contact and the company of a deal. */
const linkClients = async ({ _embedded: { contacts, companies } }: Lead): Promise<readonly string[]> => {
  const parties = {
    person: `contacts/${contacts.find((contact) => contact.is_main)!.id}`,
    company: `companies/${companies[0]!.id}`,
  };
  const made: string[] = [];
  for (const [kind, party] of Object.entries(parties)) {
    const { id } = await product.api.ok<{ id: string }>('POST', '/api/v1/clients', { name: party, kind });
    const { status } = await product.api.call(`/api/v1/clients/${id}/amocrm-links/${party}`, { method: 'PUT' });
    expect(status).toBe(204);
    made.push(id);
  }
  return made;
};

describe('a copy of one deal with everything', () => {
  let source: Lead;
  let copy: Lead;
  let item: Item;
  let archived: number;
  let target: ReturnType<typeof working>;
  let responsible: number;
  let askedAt: number;
  let clients: readonly string[];

  beforeAll(async () => {
    const { api, sandbox } = product;
    const [id = 0] = await sandbox.makeDeals(1, { contacts: 3, tags: 3, tasks: 5, notes: 6, products: 3 });
    const before = await sandbox.lead(id);
    const gone = before._embedded.catalog_elements[1]!;
    archived = gone.id;
    await sandbox.control('POST', `/elements/${gone.metadata.catalog_id}/${gone.id}`, { isDeleted: true });
    target = working(1, 2);
    responsible = directory.users.filter(
      ({ isActive, id: user }) => isActive && user !== before.responsible_user_id,
    )[0]!.id;
    clients = await linkClients(before);
    askedAt = Math.floor(Date.now() / 1_000);
    const operation = await api.copied([id], {
      nameTemplate: '{{lead.name}} / {{stage.name}} / {{counter}} / {{lead.id}}',
      ...target,
      responsible: { mode: 'user', userId: responsible },
      notes: NOTES,
      tags: { copy: true, add: ['повтор'], remove: [before._embedded.tags[0]!.name] },
    });
    expect(operation.status).toBe('succeeded');
    [item] = (await api.items(operation.id)) as [Item];
    source = await sandbox.lead(id);
    copy = await sandbox.lead(item.targetDealId!);
  });

  it('has the name of the template, the target stage, the given responsible, and the price', () => {
    const stage = directory.pipelines[1]!.stages.find(({ id }) => id === target.stageId)!;
    expect(copy.name).toBe(`${source.name} / ${stage.name} / 1 / ${source.id}`);
    expect([copy.pipeline_id, copy.status_id]).toEqual([target.pipelineId, target.stageId]);
    expect(copy.responsible_user_id).toBe(responsible);
    expect(copy.price).toBe(source.price);
  });

  it('has every kind of custom field as the source has it, except what amoCRM computes', () => {
    const computed = directory.leadFields.filter(({ isComputed }) => isComputed).map(({ id }) => id);
    const skip = [...computed, directory.markerFieldId];
    const types = new Set((source.custom_fields_values ?? []).map(({ field_type: type }) => type));
    expect(types.size).toBeGreaterThanOrEqual(17);
    expect(filled(copy, skip)).toEqual(filled(source, skip));
    expect(item.remarks.map(({ code }) => code)).toContain('deals.remark.field_computed');
  });

  it('carries the marker of its item', () => {
    expect(markerOf(copy, directory.markerFieldId)).toBe(`${source.id}:${item.id}`);
    expect(markerOf(source, directory.markerFieldId)).not.toMatch(/^\d+:/);
  });

  it('has the same contacts, the same main one, and the company', () => {
    const people = ({ _embedded }: Lead) => new Map(_embedded.contacts.map(({ id, is_main: main }) => [id, main]));
    expect(people(copy)).toEqual(people(source));
    expect([...people(copy).values()].filter(Boolean)).toHaveLength(1);
    expect(copy._embedded.companies.map(({ id }) => id)).toEqual(source._embedded.companies.map(({ id }) => id));
    expect(copy._embedded.companies).toHaveLength(1);
  });

  it('has the tags with those added and without those removed', () => {
    const [removed, ...others] = source._embedded.tags.map(({ name }) => name);
    expect(copy._embedded.tags.map(({ name }) => name).sort()).toEqual([...others, 'повтор'].sort());
    expect(removed).toBeDefined();
  });

  it('has the open tasks, none of them due in the past', async () => {
    const signature = ({ text, task_type_id: type, responsible_user_id: user }: Task) => `${type}:${user}:${text}`;
    const [before, after] = [await product.sandbox.tasksOf(source.id), await product.sandbox.tasksOf(copy.id)];
    expect(before).toHaveLength(5);
    expect(after.map(signature).sort()).toEqual(before.map(signature).sort());
    for (const task of after) {
      expect(task.is_completed).toBe(false);
      expect(task.complete_till).toBeGreaterThanOrEqual(askedAt);
    }
  });

  it('has the notes with their dates, and each deal points to the other', async () => {
    const [before, after] = [await product.sandbox.notesOf(source.id), await product.sandbox.notesOf(copy.id)];
    const dated = (notes: typeof before) =>
      notes
        .filter((note) => linksIn([note]).length === 0)
        .map(
          ({ note_type: type, params, created_at: at }) => `${at}:${type}:${String(params['text'] ?? params['uniq'])}`,
        );
    expect(dated(before)).toHaveLength(6);
    expect(dated(after).sort()).toEqual(dated(before).sort());
    expect(linksIn(before)).toEqual([item.id]);
    expect(linksIn(after)).toEqual([item.id]);
    const said = (notes: typeof before) =>
      notes.filter((note) => linksIn([note]).length > 0).map(({ params }) => String(params['text']));
    expect(said(before)[0]).toContain(String(copy.id));
    expect(said(after)[0]).toContain(String(source.id));
  });

  it('has the products with their quantities; the archived one is reported', () => {
    const products = ({ _embedded }: Lead) =>
      new Map(_embedded.catalog_elements.map(({ id, metadata }) => [id, metadata.quantity]));
    const wanted = products(source);
    wanted.delete(archived);
    expect(wanted.size).toBe(2);
    expect(products(copy)).toEqual(wanted);
    expect(item.remarks.map(({ code }) => code)).toContain('deals.remark.product_archived');
  });

  it('is in the timelines of the clients that it is with', async () => {
    expect(clients).toHaveLength(2);
    for (const clientId of clients) {
      const entries = await eventually(async () => {
        const { items } = await product.api.ok<TimelinePage>('GET', `/api/v1/clients/${clientId}/timeline`);
        return items.length > 0 && items;
      });
      expect(entries).toMatchObject([{ kind: 'system', text: expect.stringContaining(`${source.id}`) }]);
      expect(entries[0]?.text).toContain(`${copy.id}`);
    }
  });

  it('is told in the language of the reader', async () => {
    const { id } = (await product.api.operations({ limit: '1' })).items[0]!;
    const texts = async (language: string) => {
      const { body } = await product.api.call<{ items: Item[] }>(`/api/v1/deals/copies/${id}/items`, {
        headers: { 'accept-language': language },
      });
      return body.items.flatMap(({ remarks }) => remarks.map(({ text }) => text)).join(' ');
    };
    expect(await texts('ru')).toMatch(/архив/);
    expect(await texts('en')).toMatch(/archived/i);
  });
});

describe('copies of the demo deals: closed ones, owners that left, mails among the notes', () => {
  it('all succeed, and open anew', async () => {
    const { api, sandbox } = product;
    const sources = (await sandbox.dump('leads')).filter(({ id }) => id <= 40_000_300).slice(0, 60);
    const operation = await api.copied(
      sources.map(({ id }) => id),
      { notes: [...NOTES, 'call_out', 'sms_out', 'geolocation', 'attachment'] },
    );
    expect(operation).toMatchObject({ status: 'succeeded', progress: { total: 60, done: 60, failed: 0 } });
    const copies = new Map((await sandbox.dump('leads')).map((lead) => [lead.id, lead]));
    for (const item of await api.items(operation.id)) {
      const copy = copies.get(item.targetDealId!)!;
      expect(copy).toMatchObject({ closed_at: null, loss_reason_id: null, is_deleted: false });
    }
  });
});

describe('the logs', () => {
  it('hold no token, secret or password', () => {
    expect(findLeaks(product)).toEqual([]);
  });
});
