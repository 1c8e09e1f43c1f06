import { cutText, lengthOf, oneLine } from './text.js';
import { stripFrame, frameOf } from './template/frame.js';
import { tokenLine, type TemplateContext } from './template/fill.js';
import type { Template } from './template/tokens.js';

export { parseTemplate, templateFields, type Template } from './template/tokens.js';
export { fillTemplate, type TemplateContext } from './template/fill.js';

/** Length of a deal's name in amoCRM, in code points. */
export const NAME_MAX_LENGTH = 255;

/** The name inside `a / a` when the template shows it several times with only literal text between. */
const unrepeat = (text: string, { tokens }: Template): string => {
  const places = tokens.flatMap((token, index) =>
    token.kind === 'variable' && token.name === 'lead.name' ? [index] : [],
  );
  const [first = 0, last = 0] = [places[0], places.at(-1)];
  const inner = tokens.slice(first, last + 1);
  if (places.length < 2 || inner.some((token, index) => token.kind !== 'text' && !places.includes(first + index)))
    return text;
  const between = inner.reduce((sum, token) => sum + (token.kind === 'text' ? token.text.length : 0), 0);
  const name = text.slice(0, Math.max(0, Math.floor((text.length - between) / places.length)));
  const whole = inner.map((token) => (token.kind === 'text' ? token.text : name)).join('');
  return name !== '' && whole === text ? name : text;
};

const baseName = (template: Template, context: TemplateContext, isCopy: boolean): string => {
  const name = oneLine(context.source.name).trim();
  const frame = frameOf(template, context);
  return frame ? unrepeat(stripFrame(name, frame, isCopy), template) : name;
};

const fillAround = (template: Template, context: TemplateContext, name: string): string =>
  template.tokens
    .map((token) =>
      token.kind === 'variable' && token.name === 'lead.name' ? name || token.fallback : tokenLine(token, context),
    )
    .join('')
    .trim();

/**
 * The name of a copy: the template filled, on one line, at most 255 code points. What the template puts around the
 * source's name is taken off that name first, so a copy of a copy is called as the copy is. A name that gets too
 * long is shortened where the source's name stands. An empty result is the source's name, then `Сделка #<id>`.
 *
 * @param isCopy  the source is itself one of our copies
 */
export const renderName = (template: Template, context: TemplateContext, isCopy = false): string => {
  const base = baseName(template, context, isCopy);
  let name = fillAround(template, context, base);
  const over = lengthOf(name) - NAME_MAX_LENGTH;
  if (over > 0) name = fillAround(template, context, cutText(base, lengthOf(base) - over).trimEnd());
  const result =
    cutText(name, NAME_MAX_LENGTH).trim() || cutText(oneLine(context.source.name).trim(), NAME_MAX_LENGTH).trim();
  return result || `Сделка #${context.source.id}`;
};
