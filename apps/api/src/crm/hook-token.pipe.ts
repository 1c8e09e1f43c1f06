import { Injectable, type PipeTransform } from '@nestjs/common';

/** The token in a hook's path, as it came: what cannot be one is answered by the intake like one that is unknown. */
@Injectable()
export class HookTokenPipe implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    return typeof value === 'string' ? value : '';
  }
}
