import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { SECRET_BOX, type SecretBox } from '../../../shared/ports/secret-box.js';
import { UNIT_OF_WORK, type UnitOfWork } from '../../../shared/ports/unit-of-work.js';
import { factorPlace, SECOND_FACTORS, type SecondFactors } from '../../ports/second-factors.js';
import { TOTP_CODES, type TotpCodes } from '../../ports/totp-codes.js';
import { OwnAccount } from '../../services/own-account.js';
import { StartTotpCommand } from './start-totp.command.js';
import type { TotpSecretView } from './totp-secret.view.js';

@CommandHandler(StartTotpCommand)
export class StartTotpHandler implements ICommandHandler<StartTotpCommand> {
  constructor(
    private readonly account: OwnAccount,
    @Inject(TOTP_CODES) private readonly codes: TotpCodes,
    @Inject(SECRET_BOX) private readonly box: SecretBox,
    @Inject(SECOND_FACTORS) private readonly factors: SecondFactors,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ password }: StartTotpCommand): Promise<TotpSecretView> {
    const { userId, email } = await this.account.confirm(password, 'password');
    const secret = this.codes.makeSecret();
    const sealed = this.box.seal(secret, factorPlace(userId));
    const isNew = await this.unitOfWork.transact(() => this.factors.propose(userId, sealed, this.clock.now()));
    if (!isNew) throw new AppError(identityErrors['identity.totp_active']);
    return { secret, uri: this.codes.addressOf(secret, email) };
  }
}
