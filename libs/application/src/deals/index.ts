// What other contexts and the edges may use of the deals context.
export { CancelCopyCommand } from './commands/cancel-copy/cancel-copy.command.js';
export { CopyChunkCommand } from './commands/copy-chunk/copy-chunk.command.js';
export { type CopyAccepted, CopyDealsCommand, type CopyDealsInput } from './commands/copy-deals/copy-deals.command.js';
export { CopyTriggeredDealCommand } from './commands/copy-triggered-deal/copy-triggered-deal.command.js';
export { RequeueChunkCommand } from './commands/requeue-chunk/requeue-chunk.command.js';
export { RetryCopyCommand } from './commands/retry-copy/retry-copy.command.js';
export { copyBulkChunkJob, copyChunkJob, copyTriggeredChunkJob } from './jobs/copy-chunk.job.js';
export { type ChunkRef, LOST_CHUNKS, type LostChunks } from './ports/copy-chunks.js';
export { PipelineCopies } from './copying/pipeline-copies.js';
export type { CopyListItemView, CopyView } from './queries/get-copy/copy.view.js';
export { GetCopyQuery } from './queries/get-copy/get-copy.query.js';
export { ListCopiesQuery } from './queries/list-copies/list-copies.query.js';
export type { CopyItemView } from './queries/list-copy-items/copy-item.view.js';
export { ListCopyItemsQuery } from './queries/list-copy-items/list-copy-items.query.js';
export { PreviewCopyQuery } from './queries/preview-copy/preview-copy.query.js';
export type { PreviewView } from './queries/preview-copy/preview.view.js';
// The vocabulary of copying, for DTOs.
export { COPY_ITEM_STATUSES, COPY_STEPS, type CopyItemStatus, type CopyStep } from '#domain/deals/copy-item.js';
export { COPY_STATUSES, type CopyLane, type CopyStatus } from '#domain/deals/copy-operation.js';
export {
  COPYABLE_NOTE_TYPES,
  type CopyableNoteType,
  type CopyOptions,
  type ResponsibleRule,
} from '#domain/deals/copy-options.js';
export { dealsErrors } from '#domain/deals/deals.errors.js';
