import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PublicRoute } from '../identity/public-route.decorator.js';
import { BoolField, EnumField, MapField } from './fields.js';

/** What the process needs to do its work, each checked by its adapter; bound in the composition root. */
export interface Probes {
  /** Names of what does not answer. */
  failing(): Promise<readonly string[]>;
  /** The process's figures in Prometheus's text format. */
  metrics(): Promise<string>;
}
export const PROBES = Symbol('Probes');

export class LiveResponse {
  @EnumField(['ok'])
  status: 'ok';
}

export class ReadyResponse {
  @BoolField()
  ready: boolean;

  @MapField({ description: 'Names of what does not answer' })
  failing: Record<string, unknown>;
}

/** For load balancers and monitoring; no credential, no data. */
@ApiTags('operations')
@PublicRoute()
@Controller()
export class HealthController {
  constructor(@Inject(PROBES) private readonly probes: Probes) {}

  @Get('health/live')
  @ApiOperation({ summary: 'The process runs' })
  @ApiResponse({ status: 200, type: LiveResponse, description: 'It does' })
  live(): LiveResponse {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @ApiOperation({ summary: 'The process can do its work' })
  @ApiResponse({ status: 200, type: ReadyResponse, description: 'It can' })
  @ApiResponse({ status: 503, type: ReadyResponse, description: 'Something it needs does not answer' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadyResponse> {
    const failing = await this.probes.failing();
    if (failing.length > 0) void reply.code(503);
    return { ready: failing.length === 0, failing: Object.fromEntries(failing.map((name) => [name, true])) };
  }

  @Get('metrics')
  @ApiOperation({ summary: 'Figures of the process for Prometheus' })
  @ApiProduces('text/plain')
  @ApiResponse({
    status: 200,
    description: 'Prometheus text',
    content: { 'text/plain': { schema: { type: 'string' } } },
  })
  async metrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.type('text/plain; version=0.0.4; charset=utf-8');
    return this.probes.metrics();
  }
}
