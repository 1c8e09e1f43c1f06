import { Inject, Injectable } from '@nestjs/common';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { FIGURES, type Figures } from '../ports/figures.js';
import { FigureZone } from './figure-zone.js';

/** So few that whoever counts waits for a moment only. */
const BATCH = 20_000;

/** Adds figures up in the time zone of the workspace, in short transactions. May be cut short and run again. */
@Injectable()
export class EditionMaker {
  constructor(
    @Inject(FIGURES) private readonly figures: Figures,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    private readonly zone: FigureZone,
  ) {}

  /** @param options `anew`: also when the figures that are shown are of the workspace's zone */
  async make(options: { readonly anew: boolean }): Promise<void> {
    const started = await this.unitOfWork.transact(async () => {
      // The zone is read behind the lock: whoever comes last knows the last one.
      await this.figures.alone();
      return this.figures.startEdition(await this.zone.wanted(), options);
    });
    if (!started) return;
    while (await this.unitOfWork.transact(() => this.figures.addUp(BATCH)));
  }
}
