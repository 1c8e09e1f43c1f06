/** A promise that is settled from outside. */
export interface Latch {
  readonly opened: Promise<void>;
  open(): void;
}

/** Make a latch, closed. */
export const latch = (): Latch => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
};

/** A place where `count` parties wait for each other; who comes later than they passes at once. */
export const rendezvous = (count: number): (() => Promise<void>) => {
  const everybody = latch();
  let here = 0;
  return () => {
    here++;
    if (here >= count) everybody.open();
    return everybody.opened;
  };
};
