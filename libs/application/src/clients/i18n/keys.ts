/** What the product may tell of in a client's history. */
export const SYSTEM_CODES = ['deal_copied', 'deal_moved'] as const;
export type SystemCode = (typeof SYSTEM_CODES)[number];

/** Sentences by key; `{name}` stands for a parameter. */
export type ClientsTexts = Readonly<Record<`clients.system.${SystemCode}`, string>>;
