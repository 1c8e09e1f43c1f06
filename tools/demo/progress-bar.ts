const WIDTH = 40;

/** A bar that fills in place on a terminal, and a line for every tenth elsewhere. */
export class ProgressBar {
  #told = -1;

  constructor(
    private readonly label: string,
    private readonly out: NodeJS.WriteStream = process.stdout,
  ) {}

  show(percent: number, text: string): void {
    if (this.out.isTTY) {
      const filled = Math.round((percent / 100) * WIDTH);
      this.out.write(
        `\r\x1b[2K  ${this.label} ${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${String(percent).padStart(3)} %  ${text}`,
      );
      return;
    }
    const tenth = Math.floor(percent / 10);
    if (tenth === this.#told) return;
    this.#told = tenth;
    this.out.write(`  ${this.label} ${String(percent).padStart(3)} %  ${text}\n`);
  }

  end(): void {
    if (this.out.isTTY) this.out.write('\n');
  }
}
