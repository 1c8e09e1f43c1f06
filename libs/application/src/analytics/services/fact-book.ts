import { Inject, Injectable } from '@nestjs/common';
import type { Fact } from '#domain/analytics/fact.js';
import { FIGURES, type Figures } from '../ports/figures.js';
import { FigureZone } from './figure-zone.js';

/** Counts facts; the first ones of a workspace begin its figures. */
@Injectable()
export class FactBook {
  constructor(
    @Inject(FIGURES) private readonly figures: Figures,
    private readonly zone: FigureZone,
  ) {}

  async settle(facts: readonly Fact[]): Promise<void> {
    if (await this.figures.settle(facts)) return;
    await this.figures.begin(await this.zone.wanted());
    await this.figures.settle(facts);
  }
}
