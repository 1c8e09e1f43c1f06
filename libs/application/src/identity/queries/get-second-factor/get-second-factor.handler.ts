import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { FACTOR_SECRETS, type FactorSecrets } from '../../ports/second-factors.js';
import { OwnAccount } from '../../services/own-account.js';
import { GetSecondFactorQuery } from './get-second-factor.query.js';
import type { SecondFactorView } from './second-factor.view.js';

@QueryHandler(GetSecondFactorQuery)
export class GetSecondFactorHandler implements IQueryHandler<GetSecondFactorQuery> {
  constructor(
    private readonly account: OwnAccount,
    @Inject(FACTOR_SECRETS) private readonly factors: FactorSecrets,
  ) {}

  async execute(): Promise<SecondFactorView> {
    const factor = await this.factors.find((await this.account.get()).userId);
    const activeSince = factor?.confirmedAt ?? null;
    return {
      isActive: activeSince !== null,
      activeSince,
      recoveryCodesLeft: activeSince ? (factor?.recoveryCodesLeft ?? 0) : 0,
    };
  }
}
