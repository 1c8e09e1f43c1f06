/** A block of code on a page. */
export interface GuideBlock {
  readonly language: string;
  /** Number of its first line of code, from 1 on. */
  readonly line: number;
  readonly code: string;
}

const FENCE = /^```(.*)$/;

/** All blocks of code of a Markdown page, in their order. @throws Error for one that does not end */
export const guideBlocks = (markdown: string): readonly GuideBlock[] => {
  const blocks: GuideBlock[] = [];
  let open: { language: string; line: number; lines: string[] } | null = null;
  for (const [index, line] of markdown.split('\n').entries()) {
    const fence = FENCE.exec(line);
    if (fence && open) {
      blocks.push({ language: open.language, line: open.line, code: open.lines.join('\n') });
      open = null;
    } else if (fence) open = { language: (fence[1] ?? '').trim(), line: index + 2, lines: [] };
    else open?.lines.push(line);
  }
  if (open) throw new Error(`Line ${open.line - 1}: the block does not end`);
  return blocks;
};
