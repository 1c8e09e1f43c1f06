import type { ClientField } from '#domain/clients/client-field.js';

/** A custom field as its workspace has defined it. */
export type ClientFieldView = ClientField;
