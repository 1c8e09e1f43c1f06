import type { FailureCode } from '#domain/deals/copy-failures.js';
import type { BuiltInPart } from '#domain/deals/planning/part.js';
import type { RemarkCode } from '#domain/deals/remarks.js';

/** Everything that copying says to people: remarks, failures, and names of the parts of a deal. */
export type DealsTextKey = RemarkCode | FailureCode | `deals.part.${BuiltInPart}`;

/** Sentences by key; `{name}` stands for a parameter. */
export type DealsTexts = Readonly<Record<DealsTextKey, string>>;
