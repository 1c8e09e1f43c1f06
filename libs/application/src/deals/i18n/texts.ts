import type { CopyRemark } from '#domain/deals/copy-plan.js';
import { translate } from '../../shared/i18n/translate.js';
import { dealsEn } from './en.js';
import type { DealsTextKey, DealsTexts } from './keys.js';
import { dealsRu } from './ru.js';

/** A remark as people and programs read it. */
export interface RemarkView {
  readonly code: string;
  readonly text: string;
  readonly params: Readonly<Record<string, string | number>>;
}

const catalogue = (language: 'ru' | 'en'): DealsTexts => (language === 'en' ? dealsEn : dealsRu);

/** A remark in the reader's language; one of an older version that has no sentence any more shows its code. */
export const remarkView = ({ code, params }: CopyRemark, language: 'ru' | 'en'): RemarkView => ({
  code,
  params,
  text: translate(catalogue(language)[code as DealsTextKey] ?? code, params),
});

/** What is told of an item, as it is stored. */
interface Reported {
  readonly error: CopyRemark | null;
  readonly remarks: readonly CopyRemark[];
}

/** An item with its report in the reader's language. */
export type WithReport<I extends Reported> = Omit<I, keyof Reported> & {
  readonly error: RemarkView | null;
  readonly remarks: readonly RemarkView[];
};

export const withReport = <I extends Reported>(item: I, language: 'ru' | 'en'): WithReport<I> => ({
  ...item,
  error: item.error && remarkView(item.error, language),
  remarks: item.remarks.map((remark) => remarkView(remark, language)),
});

/** Name of a part: a catalogue key becomes its sentence, any other name stays as it is. */
export const partName = (label: string, language: 'ru' | 'en'): string =>
  catalogue(language)[label as DealsTextKey] ?? label;
