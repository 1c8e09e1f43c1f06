import { Inject, Injectable } from '@nestjs/common';
import type { ApiKeyId } from '#domain/shared/ids.js';
import { API_KEY_DIRECTORY, type ApiKeyDirectory } from '../ports/api-keys.js';

const NOTE_EVERY_MS = 60_000;
const MAX_KEYS = 10_000;

/** Notes when keys were last used: once a minute and process is enough to see that one is alive. */
@Injectable()
export class KeyUses {
  readonly #noted = new Map<ApiKeyId, number>();

  constructor(@Inject(API_KEY_DIRECTORY) private readonly directory: ApiKeyDirectory) {}

  async note(id: ApiKeyId, at: Date, address: string | null): Promise<void> {
    const last = this.#noted.get(id);
    if (last !== undefined && at.getTime() - last < NOTE_EVERY_MS) return;
    this.#noted.delete(id);
    this.#noted.set(id, at.getTime());
    const [oldest] = this.#noted.keys();
    if (oldest !== undefined && this.#noted.size > MAX_KEYS) this.#noted.delete(oldest);
    await this.directory.noteUse(id, at, address);
  }
}
