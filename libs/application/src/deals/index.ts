// What other contexts and the edges may use of the deals context.
export { CancelCopyCommand } from './commands/cancel-copy/cancel-copy.command.js';
export { CopyChunkCommand } from './commands/copy-chunk/copy-chunk.command.js';
export { type CopyAccepted, CopyDealsCommand, type CopyDealsInput } from './commands/copy-deals/copy-deals.command.js';
export { CopyTriggeredDealCommand } from './commands/copy-triggered-deal/copy-triggered-deal.command.js';
export { RequeueChunkCommand } from './commands/requeue-chunk/requeue-chunk.command.js';
export { CancelTransferCommand } from './commands/cancel-transfer/cancel-transfer.command.js';
export { RetryTransferCommand } from './commands/retry-transfer/retry-transfer.command.js';
export { TransferChunkCommand } from './commands/transfer-chunk/transfer-chunk.command.js';
export { TransferDealsCommand, type TransferDealsInput } from './commands/transfer-deals/transfer-deals.command.js';
export { UndoTransferCommand } from './commands/undo-transfer/undo-transfer.command.js';
export { RetryCopyCommand } from './commands/retry-copy/retry-copy.command.js';
export { copyBulkChunkJob, copyChunkJob, copyTriggeredChunkJob } from './jobs/copy-chunk.job.js';
export { transferBulkChunkJob, transferChunkJob } from './jobs/transfer-chunk.job.js';
export { type ChunkRef, LOST_CHUNKS, type LostChunks } from './ports/copy-chunks.js';
export { PipelineCopies } from './copying/pipeline-copies.js';
export type { CopyListItemView, CopyView } from './queries/get-copy/copy.view.js';
export { GetCopyQuery } from './queries/get-copy/get-copy.query.js';
export { ListCopiesQuery } from './queries/list-copies/list-copies.query.js';
export type { CopyItemView } from './queries/list-copy-items/copy-item.view.js';
export { ListCopyItemsQuery } from './queries/list-copy-items/list-copy-items.query.js';
export { PreviewCopyQuery } from './queries/preview-copy/preview-copy.query.js';
export { GetTransferQuery } from './queries/get-transfer/get-transfer.query.js';
export type { TransferListItemView, TransferView } from './queries/get-transfer/transfer.view.js';
export { ListTransferItemsQuery } from './queries/list-transfer-items/list-transfer-items.query.js';
export { ListTransfersQuery } from './queries/list-transfers/list-transfers.query.js';
export { PreviewTransferQuery } from './queries/preview-transfer/preview-transfer.query.js';
export type { PreviewView } from './queries/preview-copy/preview.view.js';
// The vocabulary of copying and transferring, for DTOs.
export {
  COPY_ITEM_STATUSES,
  COPY_STEPS,
  type CopyItemStatus,
  type CopyStep,
  TRANSFER_STEPS,
  type TransferStep,
} from '#domain/deals/copy-item.js';
export {
  CHANGE_STATES,
  CHANGED_ENTITIES,
  type ChangedEntity,
  type ChangeState,
} from '#domain/deals/transfer/entity-change.js';
export type { TransferOptions } from '#domain/deals/transfer/transfer-options.js';
export { COPY_STATUSES, type CopyLane, type CopyStatus } from '#domain/deals/copy-operation.js';
export {
  COPYABLE_NOTE_TYPES,
  type CopyableNoteType,
  type CopyOptions,
  type ResponsibleRule,
} from '#domain/deals/copy-options.js';
export { dealsErrors } from '#domain/deals/deals.errors.js';
