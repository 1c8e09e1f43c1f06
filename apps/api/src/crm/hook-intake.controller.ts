import { Controller, Param, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { crmErrors, HookIntake } from '#application/crm/index.js';
import { PublicRoute } from '../identity/public-route.decorator.js';
import { Problems } from '../shared/problems.js';
import { Ok } from '../shared/responses.js';
import { admittedHook, HOOK_PATH } from './hook-body-parser.js';
import { HookTokenPipe } from './hook-token.pipe.js';
import { HookTakenResponse } from './hooks.dto.js';

/** Takes amoCRM's hooks; the unguessable path is their credential. */
@ApiTags('crm')
@PublicRoute()
@Controller(HOOK_PATH)
export class HookIntakeController {
  constructor(private readonly intake: HookIntake) {}

  @Post(':hookToken')
  @ApiOperation({
    summary: 'Receive a hook of amoCRM',
    description:
      'Account webhooks and digital-pipeline hooks. Stored as it is and answered at once; carried out afterwards.',
  })
  @ApiConsumes('application/x-www-form-urlencoded', 'application/json')
  @ApiBody({ schema: { type: 'object', additionalProperties: true }, description: 'At most 1 MB' })
  @Ok(HookTakenResponse)
  @Problems(
    crmErrors['crm.hook_token_unknown'],
    crmErrors['crm.hook_backlog_full'],
    sharedErrors['shared.rate_limited'],
  )
  async take(
    // Checked at the door already.
    @Param('hookToken', HookTokenPipe) _token: string,
    @Req() request: FastifyRequest,
  ): Promise<HookTakenResponse> {
    const { sender, content } = admittedHook(request);
    await this.intake.store(sender, content);
    return {};
  }
}
