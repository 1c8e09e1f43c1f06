import { Controller, Delete, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { asId, type UserId } from '#domain/shared/ids.js';
import { identityErrors, ResetMemberFactorCommand } from '#application/identity/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { IdPipe } from '../shared/ids.pipe.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { NoContent } from '../shared/responses.js';

/** Second factors of members, for administrators. */
@ApiTags('identity')
@ApiBearerAuth()
@Controller('api/v1/members')
export class MemberFactorController {
  constructor(private readonly bus: AppBus) {}

  @Delete(':id/totp')
  @ApiOperation({
    summary: "Take a member's lost second factor away",
    description: 'Ends the sessions of the member. Not for oneself, and not for people of several workspaces.',
  })
  @Problems(
    identityErrors['identity.member_unknown'],
    identityErrors['identity.totp_inactive'],
    identityErrors['identity.factor_not_resettable'],
    identityErrors['identity.beyond_own_rights'],
  )
  @NoContent()
  @Repeatable()
  async reset(@Param('id', IdPipe) id: string): Promise<void> {
    await this.bus.execute(new ResetMemberFactorCommand(asId<UserId>(id)));
  }
}
