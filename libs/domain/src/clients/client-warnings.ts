import type { ClientCard } from './client.js';
import { innFault, kppFault, ogrnFault } from './tax-ids.js';

/** What is odd about a client that was saved nevertheless. */
export interface ClientWarning {
  readonly path: string;
  readonly code: string;
  /** The other client, of warnings about two. */
  readonly clientId?: string;
}

const fault = (path: string, found: string | null): readonly ClientWarning[] =>
  found ? [{ path, code: `${path}_${found}` }] : [];

/** What is odd about a card, without looking at other clients. */
export const cardWarnings = ({ inn, kpp, ogrn, phones }: ClientCard): readonly ClientWarning[] => [
  ...(inn ? fault('inn', innFault(inn)) : []),
  ...(kpp ? fault('kpp', kppFault(kpp)) : []),
  ...(ogrn ? fault('ogrn', ogrnFault(ogrn)) : []),
  ...phones.flatMap(({ e164 }, index) => (e164 ? [] : [{ path: `phones.${index}`, code: 'phone_unreadable' }])),
];
