import { Injectable } from '@nestjs/common';
import { GetWorkspaceQuery } from '#application/identity/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';

/** In whose days the workspace wants its figures. */
@Injectable()
export class FigureZone {
  constructor(
    private readonly bus: AppBus,
    private readonly context: CurrentContext,
  ) {}

  /** The IANA zone of the workspace, whatever else the actor may; figures may not be made in it yet. */
  async wanted(): Promise<string> {
    const asked = { ...this.context.get(), actor: { kind: 'system' } } as const;
    return (await this.context.run(asked, () => this.bus.ask(new GetWorkspaceQuery()))).timeZone;
  }
}
