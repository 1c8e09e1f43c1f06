import { SetMetadata } from '@nestjs/common';

export const PUBLIC_ROUTE = 'sdelka:public-route';

/** Let callers in without a credential. Every route needs one unless it, or its controller, says so. */
export const PublicRoute = (): MethodDecorator & ClassDecorator => SetMetadata(PUBLIC_ROUTE, true);
