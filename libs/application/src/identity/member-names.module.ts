import { Module } from '@nestjs/common';
import { MemberNames } from './services/member-names.js';

/** Names of members for the contexts that import it: one memory for all of them. */
@Module({ providers: [MemberNames], exports: [MemberNames] })
export class MemberNamesModule {}
