import { Module } from '@nestjs/common';

/** The clients context: people and companies. */
@Module({ providers: [] })
export class ClientsApplicationModule {}
