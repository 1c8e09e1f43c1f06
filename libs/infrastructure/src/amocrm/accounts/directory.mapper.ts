import {
  LOST_STAGE_ID,
  WON_STAGE_ID,
  type AccountDirectory,
  type AmoAccount,
  type AmoUser,
  type CustomField,
  type Pipeline,
  type Stage,
  type StageKind,
} from '#domain/crm/directory.js';
import { idOf, numberOf, recordOf, recordsOf, textOf, type WireRecord } from '../http/wire-value.js';

/** What is asked for with the account. */
export const ACCOUNT_WITH = 'task_types,datetime_settings,is_api_filter_enabled';

/** amoCRM: `type` 1 marks a pipeline's stage of incoming leads; its id differs from pipeline to pipeline. */
const UNSORTED_TYPE = 1;
const USUAL_TIME_ZONE = 'Europe/Moscow';

export const toAccount = (account: WireRecord): AmoAccount => {
  const settings = recordOf(recordOf(account._embedded)?.datetime_settings);
  return {
    id: idOf(account.id) ?? 0,
    name: textOf(account.name) ?? '',
    subdomain: textOf(account.subdomain) ?? '',
    timeZone: timeZoneOf(settings?.timezone),
    filtersEnabled: account.is_api_filter_enabled === true,
  };
};

export const toTaskTypes = (account: WireRecord): AccountDirectory['taskTypes'] =>
  recordsOf(recordOf(account._embedded)?.task_types).flatMap((type) => named(type) ?? []);

export const toPipeline = (pipeline: WireRecord): Pipeline | undefined => {
  const base = named(pipeline);
  if (!base) return undefined;
  const stages = recordsOf(recordOf(pipeline._embedded)?.statuses);
  return {
    ...base,
    isMain: pipeline.is_main === true,
    isArchived: pipeline.is_archive === true,
    stages: [...stages].sort(bySort).flatMap((stage) => toStage(stage) ?? []),
  };
};

export const toUser = (user: WireRecord): AmoUser | undefined => {
  const base = named(user);
  if (!base) return undefined;
  const rights = recordOf(user.rights);
  return {
    ...base,
    email: textOf(user.email) ?? '',
    isActive: (rights?.is_active ?? user.is_active) !== false,
    isAdmin: (rights?.is_admin ?? user.is_admin) === true,
  };
};

export const toCustomField = (field: WireRecord): CustomField | undefined => {
  const base = named(field);
  if (!base) return undefined;
  return {
    ...base,
    type: textOf(field.type) ?? '',
    code: textOf(field.code) ?? null,
    isComputed: field.is_computed === true,
    isApiOnly: field.is_api_only === true,
    choices: [...recordsOf(field.enums), ...recordsOf(field.nested)].flatMap((choice) => {
      const id = idOf(choice.id);
      return id === undefined ? [] : [{ id, value: textOf(choice.value) ?? '' }];
    }),
  };
};

export const toCatalog = (catalog: WireRecord): AccountDirectory['catalogs'][number] | undefined => {
  const base = named(catalog);
  return base && { ...base, type: textOf(catalog.type) ?? 'regular' };
};

/** Id and name, all that many lists consist of. */
export const named = (row: WireRecord): { id: number; name: string } | undefined => {
  const id = idOf(row.id);
  return id === undefined ? undefined : { id, name: textOf(row.name) ?? '' };
};

/** In the order that people see in amoCRM. */
export const bySort = (a: WireRecord, b: WireRecord): number => (numberOf(a.sort) ?? 0) - (numberOf(b.sort) ?? 0);

const toStage = (stage: WireRecord): Stage | undefined => {
  const base = named(stage);
  return base && { ...base, kind: kindOf(base.id, numberOf(stage.type)) };
};

const kindOf = (id: number, type: number | undefined): StageKind => {
  if (type === UNSORTED_TYPE) return 'unsorted';
  if (id === WON_STAGE_ID) return 'won';
  return id === LOST_STAGE_ID ? 'lost' : 'working';
};

// An unknown zone would make every rendering of a date throw later.
const timeZoneOf = (value: unknown): string => {
  try {
    const zone = textOf(value) ?? USUAL_TIME_ZONE;
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return USUAL_TIME_ZONE;
  }
};
