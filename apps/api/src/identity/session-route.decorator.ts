import { SetMetadata } from '@nestjs/common';

export const SESSION_ROUTE = 'sdelka:session-route';

/** A route about the caller's session: it takes an access token and no other credential, for no other has a session. */
export const SessionRoute = (): MethodDecorator & ClassDecorator => SetMetadata(SESSION_ROUTE, true);
