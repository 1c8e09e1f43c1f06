import { Module } from '@nestjs/common';
import { CancelCopyHandler } from './commands/cancel-copy/cancel-copy.handler.js';
import { CopyChunkHandler } from './commands/copy-chunk/copy-chunk.handler.js';
import { CopyDealsHandler } from './commands/copy-deals/copy-deals.handler.js';
import { CopyTriggeredDealHandler } from './commands/copy-triggered-deal/copy-triggered-deal.handler.js';
import { FailChunkHandler } from './commands/fail-chunk/fail-chunk.handler.js';
import { RequeueChunkHandler } from './commands/requeue-chunk/requeue-chunk.handler.js';
import { CancelTransferHandler } from './commands/cancel-transfer/cancel-transfer.handler.js';
import { RetryCopyHandler } from './commands/retry-copy/retry-copy.handler.js';
import { RetryTransferHandler } from './commands/retry-transfer/retry-transfer.handler.js';
import { TransferChunkHandler } from './commands/transfer-chunk/transfer-chunk.handler.js';
import { TransferDealsHandler } from './commands/transfer-deals/transfer-deals.handler.js';
import { UndoTransferHandler } from './commands/undo-transfer/undo-transfer.handler.js';
import { AccountReader } from './copying/account-reader.js';
import { CopyEngine } from './copying/copy-engine.js';
import { ChunkTaker } from './copying/chunk-taker.js';
import { CopyStages } from './copying/copy-stages.js';
import { CopyCreator } from './copying/create-copies.js';
import { EngineStore } from './copying/engine-store.js';
import { CopyOrders } from './copying/order-copies.js';
import { OperationControls } from './copying/operation-controls.js';
import { CopyParts } from './copying/parts.js';
import { PipelineCopies } from './copying/pipeline-copies.js';
import { ChunkPreparer } from './copying/prepare-chunk.js';
import { CreatedResolver } from './copying/resolve-created.js';
import { SourceReader } from './copying/source-reader.js';
import { OperationEstimates } from './estimates/operation-estimates.js';
import { GetCopyHandler } from './queries/get-copy/get-copy.handler.js';
import { ListCopiesHandler } from './queries/list-copies/list-copies.handler.js';
import { ListCopyItemsHandler } from './queries/list-copy-items/list-copy-items.handler.js';
import { PreviewCopyHandler } from './queries/preview-copy/preview-copy.handler.js';
import { GetTransferHandler } from './queries/get-transfer/get-transfer.handler.js';
import { ListTransferItemsHandler } from './queries/list-transfer-items/list-transfer-items.handler.js';
import { ListTransfersHandler } from './queries/list-transfers/list-transfers.handler.js';
import { PreviewTransferHandler } from './queries/preview-transfer/preview-transfer.handler.js';
import { DealPlans } from './transferring/deal-plans.js';
import { TransferOrders } from './transferring/order-transfers.js';
import { TransferPlanner } from './transferring/plan-chunk.js';
import { TransferResumer } from './transferring/resume-chunk.js';
import { StateReader } from './transferring/state-reader.js';
import { TransferEngine } from './transferring/transfer-engine.js';
import { TransferParts } from './transferring/transfer-parts.js';
import './jobs/copy-chunk.job.js';
import './jobs/transfer-chunk.job.js';

/** The deals context: copying and transferring. */
@Module({
  providers: [
    CopyDealsHandler,
    CopyTriggeredDealHandler,
    CopyChunkHandler,
    FailChunkHandler,
    RequeueChunkHandler,
    CancelCopyHandler,
    RetryCopyHandler,
    GetCopyHandler,
    ListCopiesHandler,
    ListCopyItemsHandler,
    PreviewCopyHandler,
    OperationEstimates,
    AccountReader,
    CopyOrders,
    CopyEngine,
    EngineStore,
    CopyStages,
    CreatedResolver,
    ChunkPreparer,
    SourceReader,
    CopyCreator,
    CopyParts,
    PipelineCopies,
    ChunkTaker,
    OperationControls,
    TransferDealsHandler,
    TransferChunkHandler,
    CancelTransferHandler,
    RetryTransferHandler,
    UndoTransferHandler,
    GetTransferHandler,
    ListTransfersHandler,
    ListTransferItemsHandler,
    PreviewTransferHandler,
    StateReader,
    DealPlans,
    TransferOrders,
    TransferPlanner,
    TransferResumer,
    TransferParts,
    TransferEngine,
  ],
  exports: [PipelineCopies],
})
export class DealsApplicationModule {}
