import { SetMetadata } from '@nestjs/common';

export const READS_ONLY = 'sdelka:reads-only';

/** A question that is asked by POST because its input is long: it changes nothing, and needs no one-time token of its own. */
export const ReadsOnly = (): MethodDecorator => SetMetadata(READS_ONLY, true);
