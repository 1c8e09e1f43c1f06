import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import {
  type AuditFilter,
  type AuditLineView,
  type AuditPageView,
  ListAuditQuery,
  NoteAuditExportCommand,
} from '#application/identity/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { BYTE_ORDER_MARK, csvLine } from '../shared/csv.js';

export type ExportFormat = 'csv' | 'ndjson';

// What is in memory of one export, however long it is.
const PAGE = 500;

const COLUMNS = [
  'id',
  'at',
  'command',
  'actorKind',
  'actorId',
  'actorName',
  'entityType',
  'entityId',
  'before',
  'after',
  'correlationId',
] as const satisfies readonly (keyof AuditLineView)[];

/**
 * The audit trail as a file, read page by page as fast as the reader takes it, each page in a short transaction of its own.
 */
@Injectable()
export class AuditExport {
  constructor(
    private readonly bus: AppBus,
    private readonly context: CurrentContext,
  ) {}

  /** The first page is read before this returns, so that what is wrong is answered as a problem. */
  async open(filter: AuditFilter, format: ExportFormat): Promise<Readable> {
    await this.bus.execute(new NoteAuditExportCommand(filter, format));
    const first = await this.page(filter);
    // The stream is read when the network has room, which is in no request's context.
    const context = this.context.get();
    const next = (cursor: string) => this.context.run(context, () => this.page(filter, cursor));
    return Readable.from(textOf(format, first, next), { objectMode: false });
  }

  private page(filter: AuditFilter, cursor?: string): Promise<AuditPageView> {
    return this.bus.ask(new ListAuditQuery(filter, { limit: PAGE, cursor }));
  }
}

async function* textOf(
  format: ExportFormat,
  first: AuditPageView,
  next: (cursor: string) => Promise<AuditPageView>,
): AsyncGenerator<Buffer> {
  const lineOf = format === 'csv' ? asCsv : asJson;
  if (format === 'csv') yield Buffer.from(`${BYTE_ORDER_MARK}${csvLine(COLUMNS)}`);
  for (let page = first; ; page = await next(page.nextCursor)) {
    yield Buffer.from(page.items.map(lineOf).join(''));
    if (page.nextCursor === null) return;
  }
}

const asJson = (line: AuditLineView): string => `${JSON.stringify(line)}\n`;

const asCsv = (line: AuditLineView): string => csvLine(COLUMNS.map((column) => textOfCell(line[column])));

const textOfCell = (value: AuditLineView[(typeof COLUMNS)[number]]): string => {
  if (value === null) return '';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? value : JSON.stringify(value);
};
