import { Injectable } from '@nestjs/common';
import { COPY_STEPS, TRANSFER_STEPS } from '#domain/deals/copy-item.js';
import type { CopyLane, OperationKind } from '#domain/deals/copy-operation.js';
import type { CopyOptions } from '#domain/deals/copy-options.js';
import type { TransferOptions } from '#domain/deals/transfer/transfer-options.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import type { OpenWork, OpenWorks } from '#application/deals/ports/open-work.js';
import { currentSession } from '../shared/session.js';
import { stepsSql } from './screen-rows.js';

const STEPS = `CASE o.kind WHEN 'copy' THEN ${stepsSql(COPY_STEPS)} ELSE ${stepsSql(TRANSFER_STEPS)} END`;

// Each write has two steps, before its intent and after it: `new, creating | created, linking | …`.
const OPEN_WORK = `
  SELECT o.id, o.kind, o.lane, o.options, w.* FROM copy_operations o, LATERAL (
    SELECT ${[0, 1, 2, 3].map((write) => `count(*) FILTER (WHERE p.write = ${write})::int AS left${write}`).join(', ')}
    FROM copy_items i, LATERAL (SELECT (array_position(${STEPS}, i.step) - 1) / 2 AS write) p
    WHERE i.workspace_id = o.workspace_id AND i.operation_id = o.id AND i.status IN ('pending', 'running')
  ) w WHERE o.workspace_id = $1 AND o.status IN ('queued', 'running')`;

interface Row {
  readonly id: string;
  readonly kind: OperationKind;
  readonly lane: CopyLane;
  readonly options: CopyOptions & TransferOptions;
  readonly left0: number;
  readonly left1: number;
  readonly left2: number;
  readonly left3: number;
}

// From so many on, reading them costs more than an estimate that is a moment old.
const MANY = 100;
const KEPT_MS = 2_000;

interface Kept {
  readonly at: number;
  readonly works: ReadonlyMap<string, OpenWork>;
}

/** What is left of operations, straight from SQL. */
@Injectable()
export class PgOpenWork implements OpenWorks {
  readonly #kept = new Map<string, Kept>();

  constructor(private readonly context: CurrentContext) {}

  async open(asked: readonly string[]): Promise<readonly OpenWork[]> {
    const workspaceId = this.context.workspaceId();
    const now = performance.now();
    const kept = this.#kept.get(workspaceId);
    if (kept && now - kept.at < KEPT_MS && asked.every((id) => kept.works.has(id))) return [...kept.works.values()];
    const works = (await currentSession().rows<Row>(OPEN_WORK, [workspaceId])).map(workOf);
    if (works.length < MANY) this.#kept.delete(workspaceId);
    else this.#kept.set(workspaceId, { at: now, works: new Map(works.map((work) => [work.id, work])) });
    return works;
  }
}

const workOf = ({ id, lane, kind, options: parts, left0, left1, left2, left3 }: Row): OpenWork =>
  kind === 'copy'
    ? { id, lane, kind, parts, left: { toCreate: left0, toLink: left1, toTask: left2, toNote: left3 } }
    : { id, lane, kind, parts, left: { toMove: left0, toTask: left1, toHand: left2, toEntrust: left3 } };
