import { Controller, Get, HttpStatus, Logger, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#domain/shared/app-error.js';
import { CompleteConnectionCommand } from '#application/crm/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { PublicRoute } from '../identity/public-route.decorator.js';
import { statusOf } from '../shared/problem.js';
import { contextOf } from '../shared/request-context.js';
import { connectedPage, PAGE_POLICY, refusedPage } from './callback-page.js';
import { OAuthAnswerPipe, type RedirectAnswer } from './oauth-answer.pipe.js';
import { WidgetInstalls } from './widget-installs.js';

const PAGE = { 'text/html': { schema: { type: 'string' } } };

/** Where amoCRM sends the administrator's browser back to. */
@ApiTags('crm')
@Controller('api/v1/crm/oauth')
export class OAuthCallbackController {
  private readonly log = new Logger(OAuthCallbackController.name);

  constructor(
    private readonly bus: AppBus,
    private readonly installs: WidgetInstalls,
  ) {}

  @Get('callback')
  @PublicRoute()
  @ApiOperation({
    summary: 'End of the consent at amoCRM',
    description:
      'Not for clients: amoCRM redirects browsers to it, and calls it itself after installs. Answers a page.',
  })
  @ApiQuery({ name: 'state', required: false, description: 'From the consent page that the product opened' })
  @ApiQuery({ name: 'code', required: false, description: 'Authorization code' })
  @ApiQuery({ name: 'referer', required: false, description: 'Host of the account' })
  @ApiQuery({ name: 'client_id', required: false, description: 'Id of the integration' })
  @ApiQuery({ name: 'error', required: false, description: '`access_denied` when consent was refused' })
  @ApiQuery({ name: 'from_widget', required: false, description: 'Present when the widget was installed' })
  @ApiResponse({ status: 200, description: 'Connected; or an install, whatever became of it', content: PAGE })
  @ApiResponse({
    status: 409,
    description: 'The workspace belongs to another account, or the secrets of an external integration are not here yet',
    content: PAGE,
  })
  @ApiResponse({ status: 422, description: 'Refused, out of date, or not from amoCRM', content: PAGE })
  @ApiResponse({ status: 502, description: 'amoCRM does not answer', content: PAGE })
  async callback(
    @Query(OAuthAnswerPipe) { isInstall, ...answer }: RedirectAnswer,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { language } = contextOf(request);
    void reply.type('text/html; charset=utf-8').header('content-security-policy', PAGE_POLICY);
    const { code, referer, clientId } = answer;
    if (isInstall) return this.installs.take({ code, referer, clientId }, language);
    try {
      await this.bus.execute(new CompleteConnectionCommand(answer));
      void reply.code(HttpStatus.OK);
      return connectedPage(language);
    } catch (error) {
      // A person looks at the answer: told in a page, not in a problem document. The rest is the filter's.
      if (!(error instanceof AppError) || error.kind === 'internal') throw error;
      this.log.warn(`A connection was not made: ${error.code}: ${error.message}`);
      void reply.code(statusOf(error.kind));
      return refusedPage(language, error.code);
    }
  }
}
