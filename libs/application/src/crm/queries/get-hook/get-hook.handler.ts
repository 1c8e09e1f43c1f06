import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { HOOK_SCREENS, type HookScreens } from '../../ports/hook-screens.js';
import { GetHookQuery } from './get-hook.query.js';
import type { HookBodyView, HookCardView } from './get-hook.view.js';

@QueryHandler(GetHookQuery)
export class GetHookHandler implements IQueryHandler<GetHookQuery> {
  constructor(
    @Inject(HOOK_SCREENS) private readonly screens: HookScreens,
    private readonly context: CurrentContext,
  ) {}

  async execute({ id }: GetHookQuery): Promise<HookCardView> {
    const { actor } = this.context.get();
    const withBody = (actor.kind === 'user' || actor.kind === 'key') && actor.permissions.has('crm:manage');
    const found = await this.screens.hook(id, withBody);
    if (!found) throw new AppError(crmErrors['crm.hook_unknown']);
    const { body, ...card } = found;
    return { ...card, body: body && bodyView(body) };
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

// Control characters but for tab, line feed and carriage return: text with them is not shown as text anywhere.
const UNPRINTABLE = /(?![\t\n\r])\p{Cc}/u;

const bodyView = (bytes: Uint8Array): HookBodyView => {
  const text = textOf(bytes);
  if (text !== null) return { encoding: 'text', content: text };
  return { encoding: 'base64', content: Buffer.from(bytes).toString('base64') };
};

const textOf = (bytes: Uint8Array): string | null => {
  try {
    const text = utf8.decode(bytes);
    return UNPRINTABLE.test(text) ? null : text;
  } catch {
    // The only way in which a decoder can fail on bytes.
    return null;
  }
};
