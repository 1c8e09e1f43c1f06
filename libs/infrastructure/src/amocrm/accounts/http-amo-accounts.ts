import { AppError } from '#domain/shared/app-error.js';
import type { AccountDirectory } from '#domain/crm/directory.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { claimsOf } from '#domain/crm/token-claims.js';
import { MARKER_FIELD_CODE } from '#domain/deals/copy-marker.js';
import type { AmoAccounts } from '#application/crm/ports/amo-account.js';
import type { AmoCall } from '#application/deals/ports/amo-deals.js';
import type { Clock } from '#application/shared/ports/clock.js';
import { MIN_PAUSE_MS } from '../budget/budget-store.js';
import { AmoRefusal, reconnectNeeded, unreachable } from '../http/amo-errors.js';
import type { AmoHttp, AmoRequest } from '../http/amo-http.js';
import type { AmoTransport } from '../http/amo-transport.js';
import { readAll, type ListRequest } from '../http/paged-read.js';
import { type Verdict, verdictOf } from '../http/verdict.js';
import { waitFor, withJitter } from '../http/waiting.js';
import { embedded, idOf, recordOf, textOf, type WireRecord } from '../http/wire-value.js';
import {
  ACCOUNT_WITH,
  bySort,
  named,
  toAccount,
  toCatalog,
  toCustomField,
  toPipeline,
  toTaskTypes,
  toUser,
} from './directory.mapper.js';

const ACCOUNT_PATH = '/api/v4/account';
const LEAD_FIELDS: ListRequest = {
  path: '/api/v4/leads/custom_fields',
  list: 'custom_fields',
  query: { order: { sort: 'asc' } },
};
/** Shown to amoCRM's users in the field list. */
const MARKER_FIELD_NAME = 'Копия сделки (Sdelka)';
// A person has just connected the account, or opened a form that needs the directory.
const CALL: AmoCall = { lane: 'person' };
/** The code exchange and the question whose account it is. */
const REQUESTS_TO_CONNECT = 2;
const IDENTIFY_TRIES = 5;

/** What an account consists of, over HTTP. */
export class HttpAmoAccounts implements AmoAccounts {
  constructor(
    private readonly http: AmoHttp,
    private readonly transport: AmoTransport,
    private readonly clock: Clock,
  ) {}

  async identify(origin: string, accessToken: string) {
    const verdict = await this.askWhose(origin, accessToken);
    if (verdict.kind === 'unauthorised') throw reconnectNeeded();
    if (verdict.kind === 'throttled') throw unreachable('none', { detail: 'amoCRM answered 429' });
    if (verdict.kind !== 'answered') throw verdict.error;
    const account = recordOf(verdict.body);
    const accountId = idOf(account?.id);
    if (accountId === undefined) throw unreachable('none', { detail: 'amoCRM did not say which account this is' });
    // The code exchange and this request went out before the account was known; what follows must reckon with them.
    await this.http.charge(accountId, REQUESTS_TO_CONNECT, claimsOf(accessToken).clientId);
    return { accountId, name: textOf(account?.name) ?? '', subdomain: textOf(account?.subdomain) ?? '' };
  }

  /** Outside the budget, so others may just have spent it; the token that was just received stays good meanwhile. */
  private async askWhose(origin: string, accessToken: string): Promise<Verdict> {
    for (let tries = 1; ; tries++) {
      const answer = await this.transport.send({ origin, method: 'GET', target: ACCOUNT_PATH, accessToken });
      const verdict = verdictOf(answer, false);
      if (verdict.kind !== 'throttled' || tries === IDENTIFY_TRIES) return verdict;
      await waitFor(withJitter(MIN_PAUSE_MS));
    }
  }

  async probe(kind: 'read' | 'write'): Promise<void> {
    // Empty: amoCRM refuses it when writes are let in, and creates nothing.
    const write: AmoRequest = { method: 'POST', path: '/api/v4/leads', body: [] };
    try {
      await this.http.send(kind === 'write' ? write : { method: 'GET', path: ACCOUNT_PATH }, {
        ...CALL,
        purpose: 'probe',
      });
    } catch (error) {
      if (!(error instanceof AmoRefusal)) throw error;
    }
  }

  async readDirectory(): Promise<AccountDirectory> {
    const [account, pipelines, users, leadFields, catalogs, lossReasons] = await Promise.all([
      this.http.send({ method: 'GET', path: ACCOUNT_PATH, query: { with: ACCOUNT_WITH } }, CALL),
      this.http.send({ method: 'GET', path: '/api/v4/leads/pipelines' }, CALL),
      readAll(this.http, { path: '/api/v4/users', list: 'users' }, CALL),
      readAll(this.http, LEAD_FIELDS, CALL),
      this.optional({ path: '/api/v4/catalogs', list: 'catalogs' }),
      this.optional({ path: '/api/v4/leads/loss_reasons', list: 'loss_reasons' }),
    ]);
    const facts = recordOf(account) ?? {};
    return {
      account: toAccount(facts),
      taskTypes: toTaskTypes(facts),
      pipelines: embedded(pipelines, 'pipelines')
        .sort(bySort)
        .flatMap((row) => toPipeline(row) ?? []),
      users: users.flatMap((row) => toUser(row) ?? []),
      leadFields: leadFields.flatMap((row) => toCustomField(row) ?? []),
      catalogs: catalogs.flatMap((row) => toCatalog(row) ?? []),
      lossReasons: lossReasons.sort(bySort).flatMap((row) => named(row) ?? []),
      fetchedAt: this.clock.now(),
    };
  }

  async ensureMarkerField(): Promise<number> {
    const existing = await this.findMarkerField();
    if (existing !== undefined) return existing;
    try {
      const made = await this.createMarkerField();
      if (made !== undefined) return made;
    } catch (error) {
      // Refused, or the answer was lost: another process, or this very request, may have made it.
      const late = isWorthLooking(error) ? await this.findMarkerField() : undefined;
      if (late === undefined) throw error;
      return late;
    }
    const found = await this.findMarkerField();
    if (found === undefined) throw unreachable('unknown', { detail: 'amoCRM did not answer with the field it made' });
    return found;
  }

  private async findMarkerField(): Promise<number | undefined> {
    const fields = await readAll(this.http, LEAD_FIELDS, CALL);
    return idOf(fields.find(({ code }) => code === MARKER_FIELD_CODE)?.id);
  }

  private async createMarkerField(): Promise<number | undefined> {
    const body = [{ name: MARKER_FIELD_NAME, type: 'text', code: MARKER_FIELD_CODE, is_api_only: true }];
    const answer = await this.http.send({ method: 'POST', path: LEAD_FIELDS.path, body }, CALL);
    return idOf(embedded(answer, LEAD_FIELDS.list)[0]?.id);
  }

  /** Parts that an account may have switched off, or closed to the user who connected it. */
  private async optional(request: ListRequest): Promise<WireRecord[]> {
    try {
      return await readAll(this.http, request, CALL);
    } catch (error) {
      if (AppError.is(error, crmErrors['crm.forbidden'])) return [];
      throw error;
    }
  }
}

const isWorthLooking = (error: unknown): boolean =>
  AppError.is(error, crmErrors['crm.refused']) || AppError.is(error, crmErrors['crm.unreachable']);
