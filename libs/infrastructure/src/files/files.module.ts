import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import { FILES, type Files } from '#application/shared/ports/files.js';
import type { FilesConfig } from '../config/files-config.js';
import { DiskFiles } from './disk-files.js';
import { S3Files } from './s3-files.js';

/** The place for files that the configuration names. */
export const filesOf = ({ folder, s3 }: FilesConfig): Files =>
  s3 === null ? new DiskFiles(folder) : new S3Files(s3, folder);

/** Contents of files. */
@Module({})
export class FilesModule {
  /** @param files  how this process makes its place for files */
  static with(files: Pick<FactoryProvider<Files>, 'inject' | 'useFactory'>): DynamicModule {
    return {
      module: FilesModule,
      global: true,
      providers: [{ provide: FILES, ...files }],
      exports: [FILES],
    };
  }
}
