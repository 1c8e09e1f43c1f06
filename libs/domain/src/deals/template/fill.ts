import type { CopyDirectory } from '../copy-directory.js';
import type { FilledField, SourceDeal } from '../source-deal.js';
import { oneLine } from '../text.js';
import { fieldText } from '../fields/field-text.js';
import { formatDay, formatTime, wallTime } from '../zoned-time.js';
import type { Template, TemplateToken, TemplateVariable } from './tokens.js';

export const MONTHS = [
  'январь',
  'февраль',
  'март',
  'апрель',
  'май',
  'июнь',
  'июль',
  'август',
  'сентябрь',
  'октябрь',
  'ноябрь',
  'декабрь',
] as const;

export const WEEKDAYS = ['понедельник', 'вторник', 'среда', 'четверг', 'пятница', 'суббота', 'воскресенье'] as const;

/** What the variables of a template are filled from. `lead.*` and fields are the source's; the other names are the copy's. */
export interface TemplateContext {
  readonly source: SourceDeal;
  readonly directory: Pick<CopyDirectory, 'pipelines' | 'users' | 'leadFields'>;
  readonly pipelineName: string;
  readonly stageName: string;
  /** Empty when the copy has no responsible of its own. */
  readonly responsibleName: string;
  readonly now: Date;
  /** The account's, IANA name. */
  readonly timeZone: string;
  /** Place of the item in its operation, from 1. */
  readonly counter: number;
}

const variableText = (name: TemplateVariable, context: TemplateContext): string => {
  const { source, now, timeZone } = context;
  switch (name) {
    case 'lead.name':
      return source.name;
    case 'lead.id':
      return String(source.id);
    case 'lead.price':
      return String(source.price);
    case 'pipeline.name':
      return context.pipelineName;
    case 'stage.name':
      return context.stageName;
    case 'responsible.name':
      return context.responsibleName;
    case 'date':
      return formatDay(wallTime(now, timeZone));
    case 'time':
      return formatTime(wallTime(now, timeZone));
    case 'month':
      return MONTHS[wallTime(now, timeZone).month - 1] ?? '';
    case 'year':
      return String(wallTime(now, timeZone).year);
    case 'weekday':
      return WEEKDAYS[wallTime(now, timeZone).weekday] ?? '';
    case 'counter':
      return String(context.counter);
  }
};

/** The source's field that a token refers to; codes are compared without case. */
export const referredField = (ref: number | string, source: Pick<SourceDeal, 'fields'>): FilledField | undefined =>
  source.fields.find(({ fieldId, code }) =>
    typeof ref === 'number' ? fieldId === ref : code?.toUpperCase() === ref.toUpperCase(),
  );

/** What one token shows, its fallback when it has no value. */
export const tokenText = (token: TemplateToken, context: TemplateContext): string => {
  if (token.kind === 'text') return token.text;
  if (token.kind === 'variable') return variableText(token.name, context).trim() || token.fallback;
  const field = referredField(token.ref, context.source);
  return (field ? fieldText(field, context.timeZone) : '') || token.fallback;
};

/** Fill a template as it stands: for values of fields. Names of deals go through `renderName`. */
export const fillTemplate = ({ tokens }: Template, context: TemplateContext): string =>
  tokens.map((token) => tokenText(token, context)).join('');

/** The same on one line: names have no line breaks. */
export const tokenLine = (token: TemplateToken, context: TemplateContext): string => oneLine(tokenText(token, context));
