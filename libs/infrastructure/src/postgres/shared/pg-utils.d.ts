declare module 'pg/lib/utils.js' {
  const utils: {
    /** What goes over the wire for a value; throws when there is nothing for it. */
    readonly prepareValue: (value: unknown) => string | Buffer | null;
  };
  export = utils;
}
