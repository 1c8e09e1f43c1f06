import { ok, problem, type Answer } from '../http/answers.js';
import { route, type Call, type Route } from '../http/call.js';
import { parseBatch } from '../validate/batch.js';
import { aCompanyId, aContactId } from '../validate/choices.js';
import { isObject, listOf, shape, type Place, type Rule } from '../validate/rules.js';
import { attach } from './attach.js';
import { LEADS, leadCreate } from './leads.js';
import { COMPANIES, CONTACTS, companyCreate, contactCreate } from './people.js';

const BATCH_MAX = 50;

/** Either `{id}` of a known entity or a whole new one. */
function knownOrNew<I, N>(known: Rule<I>, fresh: Rule<N>): Rule<{ known: I } | { fresh: N }> {
  return (value, place) =>
    isObject(value) && value['id'] !== undefined ? { known: known(value, place) } : { fresh: fresh(value, place) };
}

const parties = shape({
  contacts: listOf(knownOrNew(shape({ id: aContactId }, ['id']), contactCreate), { max: 1 }),
  companies: listOf(knownOrNew(shape({ id: aCompanyId }, ['id']), companyCreate), { max: 1 }),
});

/** The lead's own part and its contact and company, which here may be new. */
const aComplexLead = (value: unknown, place: Place) => {
  const source = isObject(value) ? value : {};
  const embedded = isObject(source['_embedded']) ? source['_embedded'] : {};
  const { contacts, companies, ...rest } = embedded;
  const lead = leadCreate({ ...source, _embedded: rest }, place);
  const given = Object.fromEntries(Object.entries({ contacts, companies }).filter(([, one]) => one !== undefined));
  return { lead, parties: parties(given, place.at('_embedded')) };
};

/** amoCRM: up to 50 leads, each with at most one contact and one company; the reply is a bare array. */
function create(call: Call): Answer {
  if (Array.isArray(call.body) && call.body.length > BATCH_MAX) throw problem(422, `Limit ${BATCH_MAX} per page`);
  const made = parseBatch(call, aComplexLead).map(({ input, requestId, index }) => {
    const lead = LEADS.insert(call, input.lead, index);
    call.emit({ kind: 'entity', entity: 'leads', action: 'add', before: undefined, after: lead });
    const contactId = contactOf(call, input.parties.contacts?.[0]);
    const companyId = companyOf(call, input.parties.companies?.[0]);
    const end = { type: 'leads', id: lead.id } as const;
    if (contactId !== null) attach(call, end, { type: 'contacts', id: contactId }, { isMain: true });
    if (companyId !== null) attach(call, end, { type: 'companies', id: companyId });
    if (contactId !== null && companyId !== null) {
      attach(call, { type: 'contacts', id: contactId }, { type: 'companies', id: companyId });
    }
    return { id: lead.id, contact_id: contactId, company_id: companyId, request_id: [requestId], merged: false };
  });
  return ok(made);
}

type Party<K extends 'contacts' | 'companies'> = NonNullable<ReturnType<typeof parties>[K]>[number];

function contactOf(call: Call, party: Party<'contacts'> | undefined): number | null {
  if (!party) return null;
  if ('known' in party) return party.known.id;
  const contact = CONTACTS.insert(call, party.fresh, 0);
  call.emit({ kind: 'entity', entity: 'contacts', action: 'add', before: undefined, after: contact });
  return contact.id;
}

function companyOf(call: Call, party: Party<'companies'> | undefined): number | null {
  if (!party) return null;
  if ('known' in party) return party.known.id;
  const company = COMPANIES.insert(call, party.fresh, 0);
  call.emit({ kind: 'entity', entity: 'companies', action: 'add', before: undefined, after: company });
  return company.id;
}

export const complexRoutes: readonly Route[] = [route('POST', '/api/v4/leads/complex', create)];
