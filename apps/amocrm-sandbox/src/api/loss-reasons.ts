import { noContent, ok, problem, type Answer } from '../http/answers.js';
import { idParam, route, selfLink, type Call, type Route } from '../http/call.js';
import { listAnswer } from '../http/paging.js';
import type { LossReasonRow } from '../state/rows.js';
import { parseBatch, parseSingle } from '../validate/batch.js';
import { aRequestId, anInt, shape, text } from '../validate/rules.js';
import { lossReasonModel } from './lead-model.js';
import { adminOnly } from './rights.js';

const aLossReason = shape({ name: text(255, { blank: false }), sort: anInt, request_id: aRequestId }, ['name']);

function listLossReasons(call: Call): Answer {
  const rows = [...call.account.tables.all('lossReasons')].sort((a, b) => a.sort - b.sort);
  return listAnswer(call, {
    key: 'loss_reasons',
    rows,
    model: (reason) => lossReasonModel(call, reason),
    totals: true,
  });
}

function createLossReasons(call: Call): Answer {
  const reasons = parseBatch(call, aLossReason).map(({ input, requestId }) => {
    const row: LossReasonRow = {
      id: call.account.tables.nextId('lossReasons'),
      name: input.name,
      sort: input.sort ?? 100_000,
      created_at: call.now,
      updated_at: call.now,
    };
    return { ...lossReasonModel(call, call.account.tables.put('lossReasons', row)), request_id: requestId };
  });
  return ok({ _links: selfLink(call, call.path), _embedded: { loss_reasons: reasons } });
}

const aLossReasonChange = shape({ name: text(255, { blank: false }), sort: anInt, request_id: aRequestId });

function findLossReason(call: Call): LossReasonRow {
  const reason = call.account.tables.get('lossReasons', idParam(call));
  if (!reason) throw problem(404, 'Loss reason not found');
  return reason;
}

function updateLossReason(call: Call): Answer {
  const { request_id: _echoed, ...changes } = parseSingle(call, aLossReasonChange);
  const row = { ...findLossReason(call), ...changes, updated_at: call.now };
  return ok(lossReasonModel(call, call.account.tables.put('lossReasons', row)));
}

/** Leads keep the id of a reason that is gone. */
function removeLossReason(call: Call): Answer {
  call.account.tables.remove('lossReasons', findLossReason(call).id);
  return noContent;
}

function getLossReason(call: Call): Answer {
  const reason = call.account.tables.get('lossReasons', idParam(call));
  return reason ? ok(lossReasonModel(call, reason)) : noContent;
}

export const lossReasonRoutes: readonly Route[] = [
  route('GET', '/api/v4/leads/loss_reasons', listLossReasons),
  route('POST', '/api/v4/leads/loss_reasons', adminOnly(createLossReasons)),
  route('GET', '/api/v4/leads/loss_reasons/:id', getLossReason),
  route('PATCH', '/api/v4/leads/loss_reasons/:id', adminOnly(updateLossReason)),
  route('DELETE', '/api/v4/leads/loss_reasons/:id', adminOnly(removeLossReason)),
];
