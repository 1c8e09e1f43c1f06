import { Module } from '@nestjs/common';
import { FilesSweeper } from './files.sweeper.js';

/** Background work of the clients context. */
@Module({ providers: [FilesSweeper] })
export class ClientsWorkerModule {}
