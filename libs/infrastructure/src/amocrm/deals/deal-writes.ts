import type { DealDraft } from '#domain/deals/copy-plan.js';
import { asId, type AmoDealId } from '#domain/shared/ids.js';
import type {
  AmoCall,
  BatchOutcome,
  Keyed,
  NewNote,
  NewProductLink,
  NewTask,
} from '#application/deals/ports/amo-deals.js';
import type { AmoHttp } from '../http/amo-http.js';
import { idOf } from '../http/wire-value.js';
import { writeBatch, type Batch, type BatchEntry } from './batch-write.js';
import { fromDealDraft } from './lead.mapper.js';
import { fromNote } from './note.mapper.js';
import { fromProductLink } from './product.mapper.js';
import { fromTask } from './task.mapper.js';

/** What a copy writes, one request a batch. */
export class DealWrites {
  constructor(private readonly http: AmoHttp) {}

  createDeals(
    drafts: readonly Keyed<DealDraft>[],
    call: AmoCall,
  ): Promise<BatchOutcome<{ requestId: string; dealId: AmoDealId }>> {
    return writeBatch(
      this.http,
      {
        path: '/api/v4/leads',
        list: 'leads',
        entries: drafts.map((draft) => ({ requestId: draft.requestId, body: fromDealDraft(draft) })),
        echo: 'request_id',
        resultOf: ({ requestId }, answers) => {
          const answer = answers.get(requestId);
          const id = idOf(answer?.id);
          // amoCRM: `merged` = a deal that was there before was used instead. Such an id is no copy; never write to it.
          return id === undefined || answer?.merged === true ? undefined : { requestId, dealId: asId<AmoDealId>(id) };
        },
      },
      call,
    );
  }

  createTasks(tasks: readonly Keyed<NewTask>[], call: AmoCall): Promise<BatchOutcome<unknown>> {
    const entries = tasks.map((task) => ({ requestId: task.requestId, body: fromTask(task) }));
    return writeBatch(this.http, { path: '/api/v4/tasks', list: 'tasks', entries, ...byRequestId }, call);
  }

  createNotes(notes: readonly Keyed<NewNote>[], call: AmoCall): Promise<BatchOutcome<unknown>> {
    const entries = notes.map((note) => ({ requestId: note.requestId, body: fromNote(note) }));
    return writeBatch(this.http, { path: '/api/v4/leads/notes', list: 'notes', entries, ...byRequestId }, call);
  }

  linkProducts(links: readonly Keyed<NewProductLink>[], call: AmoCall): Promise<BatchOutcome<unknown>> {
    const entries = links.map(({ requestId, value }) => ({ requestId, body: fromProductLink(value) }));
    // Links have no request_id, and what amoCRM answers to them is not told apart by entry: a 200 means all of them.
    const batch: Batch<unknown> = {
      path: '/api/v4/leads/link',
      list: 'links',
      entries,
      echo: 'index',
      resultOf: itself,
    };
    return writeBatch(this.http, batch, call);
  }
}

const byRequestId: Pick<Batch<unknown>, 'echo' | 'resultOf'> = {
  echo: 'request_id',
  resultOf: ({ requestId }, answers) => idOf(answers.get(requestId)?.id),
};

const itself = ({ requestId }: BatchEntry): unknown => requestId;
