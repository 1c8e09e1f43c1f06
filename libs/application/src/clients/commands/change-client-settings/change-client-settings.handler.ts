import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { CLIENT_RULES_BOOK, type ClientRulesBook } from '../../ports/client-rules.js';
import { PHONE_READER, type PhoneReader } from '../../ports/phone-reader.js';
import type { ClientSettingsView } from '../../queries/get-client-settings/client-settings.view.js';
import { ChangeClientSettingsCommand } from './change-client-settings.command.js';

@CommandHandler(ChangeClientSettingsCommand)
export class ChangeClientSettingsHandler implements ICommandHandler<ChangeClientSettingsCommand> {
  constructor(
    @Inject(CLIENT_RULES_BOOK) private readonly book: ClientRulesBook,
    @Inject(PHONE_READER) private readonly phones: PhoneReader,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    private readonly context: CurrentContext,
  ) {}

  async execute({ change }: ChangeClientSettingsCommand): Promise<ClientSettingsView> {
    const { phoneRegion, restoreDays } = await this.book.reload();
    const before = { phoneRegion, restoreDays };
    const after = {
      phoneRegion: change.phoneRegion ?? phoneRegion,
      restoreDays: change.restoreDays ?? restoreDays,
    };
    if (!this.phones.knows(after.phoneRegion)) {
      const issue = { path: 'phoneRegion', code: 'unknown_region', message: 'is no country with phone numbers' };
      throw new AppError(sharedErrors['shared.validation_failed'], { issues: [issue] });
    }
    await this.book.changeSettings(after);
    await this.audit.record({
      entityType: 'clients.settings',
      entityId: this.context.workspaceId(),
      before,
      after,
    });
    return after;
  }
}
