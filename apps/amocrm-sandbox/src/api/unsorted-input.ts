import { isIP } from 'node:net';
import { aPipelineId } from '../validate/choices.js';
import {
  aBool,
  aRequestId,
  aTime,
  anInt,
  chosen,
  listOf,
  nullable,
  shape,
  text,
  type Place,
  type Rule,
} from '../validate/rules.js';
import { leadCreate } from './leads.js';
import { companyCreate, contactCreate } from './people.js';

const SHORT = 255;
const LONG = 2_000;

/** amoCRM: numbers inside the metadata are also sent, and shown, as strings. */
const aLooseInt: Rule<number | string> = (value, place) =>
  typeof value === 'string' && /^\d{1,15}$/.test(value) ? value : anInt(value, place);
const aLoosePhone: Rule<number | string> = (value, place) =>
  typeof value === 'number' ? anInt(value, place) : text(64, { blank: false })(value, place);

const formFields = {
  form_id: text(SHORT, { blank: false }),
  form_name: text(SHORT),
  form_page: text(LONG),
  form_sent_at: aLooseInt,
  ip: chosen(text(64), (ip) => isIP(ip) > 0),
  referer: text(LONG),
  visitor_uid: nullable(text(64)),
  form_type: nullable(anInt),
};
const callFields = {
  from: aLoosePhone,
  phone: aLoosePhone,
  called_at: aLooseInt,
  duration: aLooseInt,
  link: text(LONG),
  service_code: text(SHORT),
  uniq: text(SHORT),
  is_call_event_needed: aBool,
};

type Metadata = Readonly<Record<string, unknown>>;

/** Which members of the metadata are mandatory is not documented: all of them, or any, as the sandbox is told. */
function metadata(fields: Readonly<Record<string, Rule<unknown>>>, mandatory: readonly string[]): Rule<Metadata> {
  const all = shape(fields, mandatory);
  const any = shape(fields);
  return (value: unknown, place: Place) => (place.settings.unsortedMetadata === 'all' ? all : any)(value, place);
}

const formMetadata = metadata(formFields, ['form_id', 'form_name', 'form_page', 'form_sent_at', 'ip', 'referer']);
const callMetadata = metadata(callFields, Object.keys(callFields));

const embedded = shape({
  leads: listOf(leadCreate, { max: 1 }),
  contacts: listOf(contactCreate, { max: 1 }),
  companies: listOf(companyCreate, { max: 1 }),
});

/** The unsorted stage must be switched on in the pipeline. */
const anUnsortedPipeline = chosen(
  aPipelineId,
  (id, account) => account.tables.get('pipelines', id)?.is_unsorted_on === true,
);

const fields = {
  source_name: text(SHORT, { blank: false }),
  source_uid: text(SHORT, { blank: false }),
  pipeline_id: anUnsortedPipeline,
  created_at: aTime,
  request_id: aRequestId,
  _embedded: embedded,
};

/** What the API can make: amoCRM has the categories mail and chats too, but no call for them. */
export const UNSORTED_INPUT = {
  forms: shape({ ...fields, metadata: formMetadata }, ['source_name', 'source_uid', 'metadata']),
  sip: shape({ ...fields, metadata: callMetadata }, ['source_name', 'source_uid', 'metadata', '_embedded']),
};

export type UnsortedCategory = keyof typeof UNSORTED_INPUT;
