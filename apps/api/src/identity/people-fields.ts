import { TextField } from '../shared/fields.js';

// Neither control characters nor those that turn the direction of the text around them: a name is shown among others.
const NAME =
  /^[^\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]*[^\p{Cc}\p{Cs}\p{Z}\u2028-\u202e\u2066-\u2069][^\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u;
// One address: no list of them, no name in front. Whether it exists, the mail server says.
const EMAIL = /^\s*[^\s@<>()[\]\\,;:"\p{Cc}]+@[^\s@<>()[\]\\,;:"\p{Cc}]+\s*$/u;

/** What a person or a workspace is called, in any script. */
export const NameField = (description?: string): PropertyDecorator =>
  TextField({ max: 200, pattern: NAME, ...(description && { description }) });

/** An e-mail address. */
export const EmailField = (description?: string): PropertyDecorator =>
  TextField({ max: 254, pattern: EMAIL, example: 'anna@example.com', ...(description && { description }) });
