import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { AmoParty } from '#domain/clients/amo-link.js';
import type { ClientId } from '#domain/shared/ids.js';
import { SystemEntries } from '../../history/system-entries.js';
import { CLIENT_AMO_LINKS, type ClientAmoLinks } from '../../ports/client-amo-links.js';
import { type DealCopy, RecordDealCopiesCommand } from './record-deal-copies.command.js';

@CommandHandler(RecordDealCopiesCommand)
export class RecordDealCopiesHandler implements ICommandHandler<RecordDealCopiesCommand> {
  constructor(
    @Inject(CLIENT_AMO_LINKS) private readonly links: ClientAmoLinks,
    private readonly entries: SystemEntries,
  ) {}

  async execute({ copies, at }: RecordDealCopiesCommand): Promise<number> {
    const parties = new Map(copies.flatMap(partiesOf).map((party) => [nameOf(party), party]));
    const links = await this.links.clientsOf([...parties.values()]);
    const clients = new Map(links.map((link) => [nameOf(link), link.clientId]));
    let written = 0;
    for (const copy of copies) {
      for (const clientId of clientsOf(copy, clients)) {
        const isNew = await this.entries.record({
          clientId,
          code: 'deal_copied',
          params: { sourceId: copy.sourceId, dealId: copy.dealId },
          key: `deal-copied:${copy.itemId}`,
          ...(at && { at }),
        });
        if (isNew) written++;
      }
    }
    return written;
  }
}

const partiesOf = ({ contactIds, companyId }: DealCopy): readonly AmoParty[] => [
  ...contactIds.map((amoId) => ({ entity: 'contact', amoId }) as const),
  ...(companyId === null ? [] : [{ entity: 'company', amoId: companyId } as const]),
];

const nameOf = ({ entity, amoId }: AmoParty): string => `${entity}:${amoId}`;

/** A client may be several contacts of one deal. */
const clientsOf = (copy: DealCopy, clients: ReadonlyMap<string, ClientId>): ReadonlySet<ClientId> =>
  new Set(partiesOf(copy).flatMap((party) => clients.get(nameOf(party)) ?? []));
