import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { IdentityApplicationModule } from '#application/identity/identity.module.js';
import { ApiKeysController } from './api-keys.controller.js';
import { AuditExport } from './audit-export.js';
import { AuditController } from './audit.controller.js';
import { AuthController } from './auth.controller.js';
import { InvitationsController } from './invitations.controller.js';
import { InvitedController } from './invited.controller.js';
import { MembersController } from './members.controller.js';
import { WorkspacesController } from './workspaces.controller.js';
import { IdempotencyGuard } from '../shared/idempotency.guard.js';
import { CredentialGuard } from './credential.guard.js';
import { MemberFactorController } from './member-factor.controller.js';
import { PasswordController } from './password.controller.js';
import { SecondFactorController } from './second-factor.controller.js';
import { SessionsController } from './sessions.controller.js';
import { RolesController } from './roles.controller.js';

/** Routes of the context `identity`, and the guard in front of all routes of the process. */
@Module({
  imports: [IdentityApplicationModule],
  controllers: [
    ApiKeysController,
    AuditController,
    AuthController,
    MemberFactorController,
    PasswordController,
    RolesController,
    SecondFactorController,
    SessionsController,
    InvitationsController,
    InvitedController,
    MembersController,
    WorkspacesController,
  ],
  providers: [
    AuditExport,
    // In this order: a repetition is told by who sends it.
    { provide: APP_GUARD, useClass: CredentialGuard },
    { provide: APP_GUARD, useClass: IdempotencyGuard },
  ],
})
export class IdentityHttpModule {}
