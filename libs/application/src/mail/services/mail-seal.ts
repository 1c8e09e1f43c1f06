import { Inject, Injectable } from '@nestjs/common';
import { CurrentContext } from '../../shared/context/current-context.js';
import { SECRET_BOX, type SecretBox } from '../../shared/ports/secret-box.js';
import type { MailContent } from '../compose-mail.js';

/** Seals contents of mails: they hold links that open accounts. */
@Injectable()
export class MailSeal {
  constructor(
    private readonly context: CurrentContext,
    @Inject(SECRET_BOX) private readonly box: SecretBox,
  ) {}

  close(id: string, content: MailContent): string {
    return this.box.seal(JSON.stringify(content), this.place(id));
  }

  /** @throws Error when the text was altered, or belongs to another mail */
  open(id: string, sealed: string): MailContent {
    return JSON.parse(this.box.open(sealed, this.place(id))) as MailContent;
  }

  private place(id: string): string {
    return `mail:${this.context.workspaceId()}:${id}`;
  }
}
