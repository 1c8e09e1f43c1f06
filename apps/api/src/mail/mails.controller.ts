import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  CancelMailCommand,
  GetMailQuery,
  ListMailsQuery,
  mailErrors,
  type MailView,
  RetryMailCommand,
} from '#application/mail/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import type { Page } from '#application/shared/paging.js';
import { IdPipe } from '../shared/ids.pipe.js';
import { pageOf } from '../shared/paging.dto.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { Ok } from '../shared/responses.js';
import { MailListRequest, MailListResponse, MailResponse } from './mails.dto.js';

const UNKNOWN = mailErrors['mail.unknown'];

/** Mails of the workspace on their way to people, and what became of them. What they say is shown to nobody. */
@ApiTags('mail')
@ApiBearerAuth()
@Controller('api/v1/mails')
export class MailsController {
  constructor(private readonly bus: AppBus) {}

  @Get()
  @ApiOperation({ summary: 'Outgoing mails, newest first', description: 'Kept for 30 days.' })
  @Problems(sharedErrors['shared.validation_failed'])
  @Ok(MailListResponse)
  list(@Query() { limit, cursor, ...filter }: MailListRequest): Promise<Page<MailView>> {
    return this.bus.ask(new ListMailsQuery(filter, pageOf({ limit, cursor })));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One outgoing mail' })
  @Problems(UNKNOWN)
  @Ok(MailResponse)
  get(@Param('id', IdPipe) id: string): Promise<MailView> {
    return this.bus.ask(new GetMailQuery(id));
  }

  @Post(':id/retry')
  @ApiOperation({
    summary: 'Send a mail now that was given up or waits for its next try',
    description: 'With all tries anew, unless what it says has run out.',
  })
  @Problems(UNKNOWN, mailErrors['mail.not_retryable'], mailErrors['mail.expired'])
  @Ok(MailResponse)
  @Repeatable()
  retry(@Param('id', IdPipe) id: string): Promise<MailView> {
    return this.bus.execute(new RetryMailCommand(id));
  }

  @Post(':id/cancel')
  @ApiOperation({ summary: 'Have a mail not sent', description: 'Its contents are forgotten.' })
  @Problems(UNKNOWN, mailErrors['mail.not_cancellable'])
  @Ok(MailResponse)
  @Repeatable()
  cancel(@Param('id', IdPipe) id: string): Promise<MailView> {
    return this.bus.execute(new CancelMailCommand(id));
  }
}
