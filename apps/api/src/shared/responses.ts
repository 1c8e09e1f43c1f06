import { applyDecorators, HttpCode, type Type } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiNoContentResponse,
  ApiOkResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';

type LocationOf = (body: never) => string;

const located = (locationOf: LocationOf) => RouteConfig({ locationOf });

/** Sets `Location` from the answer's body, on routes that declare it. */
export const addLocations = (fastify: FastifyInstance): void => {
  fastify.addHook('preSerialization', (request, reply, body, done) => {
    const { locationOf } = request.routeOptions.config as { locationOf?: LocationOf };
    // Below 300: a problem has no address of its own.
    if (locationOf && reply.statusCode < 300) void reply.header('location', locationOf(body as never));
    done(null, body);
  });
};

/** 200 with a body of the declared shape; what the class does not declare never leaves. */
export const Ok = (view: Type<object>): MethodDecorator =>
  applyDecorators(HttpCode(200), ApiOkResponse({ type: view, description: 'Done' }));

/** 200 with a body of one of the declared shapes, told apart by their members. */
export const OkOneOf = (...views: Type<object>[]): MethodDecorator =>
  applyDecorators(
    HttpCode(200),
    ApiExtraModels(...views),
    ApiOkResponse({ schema: { oneOf: views.map((view) => ({ $ref: getSchemaPath(view) })) }, description: 'Done' }),
  );

/** 201 with the new object and its address. */
export const Created = <T>(view: Type<T>, location: (body: T) => string): MethodDecorator =>
  applyDecorators(
    HttpCode(201),
    ApiCreatedResponse({ type: view, description: 'Created' }),
    located(location as LocationOf),
  );

/** 202 for long work, with the address where it can be followed. */
export const Accepted = <T>(view: Type<T>, location: (body: T) => string): MethodDecorator =>
  applyDecorators(
    HttpCode(202),
    ApiAcceptedResponse({ type: view, description: 'Accepted, carried out in the background' }),
    located(location as LocationOf),
  );

/** 202 without a word: whether anything comes of it is not told here. */
export const AcceptedSilently = (): MethodDecorator =>
  applyDecorators(HttpCode(202), ApiAcceptedResponse({ description: 'Taken' }));

/** 204, nothing to say. */
export const NoContent = (): MethodDecorator =>
  applyDecorators(HttpCode(204), ApiNoContentResponse({ description: 'Done' }));
