import { Injectable, Logger } from '@nestjs/common';
import { type InstallNotice, TakeInstallCommand } from '#application/crm/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { AppError } from '#domain/shared/app-error.js';
import { connectedPage, type Language, receivedPage, refusedPage } from './callback-page.js';

/** amoCRM waits for 3 s. */
const ANSWER_WITHIN_MS = 2_000;

/** Installs of the widget: always answered in time, and by a page, because amoCRM reads nothing of it. */
@Injectable()
export class WidgetInstalls {
  private readonly log = new Logger(WidgetInstalls.name);

  constructor(private readonly bus: AppBus) {}

  /** The page to answer; what takes longer goes on by itself. */
  async take(notice: InstallNotice, language: Language): Promise<string> {
    const work = this.bus.execute(new TakeInstallCommand(notice)).then(
      () => connectedPage(language),
      (error: unknown) => this.refused(error, language),
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve(receivedPage(language)), ANSWER_WITHIN_MS);
    });
    return Promise.race([work, late]).finally(() => clearTimeout(timer));
  }

  private refused(error: unknown, language: Language): string {
    if (error instanceof AppError) {
      this.log.warn(`An install was not taken: ${error.code}: ${error.message}`);
      return refusedPage(language, error.code);
    }
    this.log.error(`An install failed: ${String(error)}`);
    return refusedPage(language, '');
  }
}
