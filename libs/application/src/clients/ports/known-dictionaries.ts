/** The dictionaries whose entries clients name. */
export const SOURCES = 'sources';
export const CONTACT_KINDS = 'contact_kinds';
export const POSITIONS = 'positions';
