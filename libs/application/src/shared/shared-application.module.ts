import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AppBus } from './bus/app-bus.js';
import { CurrentContext } from './context/current-context.js';
import { PublishEventHandler } from './events/publish-event/publish-event.handler.js';

/** The bus and the context, for every edge. */
@Global()
@Module({
  imports: [CqrsModule.forRoot()],
  providers: [AppBus, CurrentContext, PublishEventHandler],
  exports: [AppBus, CurrentContext],
})
export class SharedApplicationModule {}
