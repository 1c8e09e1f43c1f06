import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { AppBus } from './bus/app-bus.js';
import { BusCompleteness } from './bus/completeness.js';
import { CurrentContext } from './context/current-context.js';
import { PublishEventHandler } from './events/publish-event/publish-event.handler.js';

/** The bus and the context, for every edge. */
@Global()
@Module({
  imports: [CqrsModule.forRoot(), DiscoveryModule],
  providers: [AppBus, BusCompleteness, CurrentContext, PublishEventHandler],
  exports: [AppBus, CurrentContext],
})
export class SharedApplicationModule {}
