import { DICTIONARY_CODE, MAX_DEPTH, MAX_ENTRIES, MAX_TITLE } from '#application/clients/index.js';
import {
  BoolField,
  IntField,
  ListField,
  NullableField,
  ObjectField,
  OptionalField,
  TextField,
  UuidField,
} from '../shared/fields.js';

const MAX_VERSION = 2_147_483_647;
const CODE = { max: 60, pattern: DICTIONARY_CODE, example: 'sources' };
const POSITION = { min: 0, max: MAX_ENTRIES, description: 'Place among the siblings, from 0' };
const IS_ARCHIVED = { description: 'No longer offered; what names it keeps it' };

export class TitlesRequest {
  @TextField({ max: MAX_TITLE, example: 'Источники' })
  ru: string;

  @OptionalField()
  @NullableField()
  @TextField({ max: MAX_TITLE, example: 'Sources' })
  en?: string | null;
}

export class CreateDictionaryRequest {
  @TextField({ ...CODE, description: 'Unique in the workspace; cannot be changed' })
  code: string;

  @ObjectField(() => TitlesRequest)
  titles: TitlesRequest;
}

export class RenameDictionaryRequest {
  @ObjectField(() => TitlesRequest)
  titles: TitlesRequest;
}

export class AddDictionaryEntryRequest {
  @OptionalField()
  @TextField({ ...CODE, description: 'Unique in the dictionary; cannot be changed; made up when left out' })
  code?: string;

  @ObjectField(() => TitlesRequest)
  titles: TitlesRequest;

  @OptionalField()
  @NullableField()
  @UuidField({ description: `Entry that it hangs below; at most ${MAX_DEPTH} levels` })
  parentId?: string | null;

  @OptionalField()
  @IntField(POSITION)
  position?: number;
}

export class ChangeDictionaryEntryRequest {
  @OptionalField()
  @ObjectField(() => TitlesRequest)
  titles?: TitlesRequest;

  @OptionalField()
  @NullableField()
  @UuidField({ description: 'Moves it below another entry, or to the top with null' })
  parentId?: string | null;

  @OptionalField()
  @IntField(POSITION)
  position?: number;

  @OptionalField()
  @BoolField(IS_ARCHIVED)
  isArchived?: boolean;
}

export class TitlesResponse {
  @TextField({ max: MAX_TITLE })
  ru: string;

  @NullableField()
  @TextField({ max: MAX_TITLE })
  en: string | null;
}

class DictionaryCard {
  @UuidField()
  id: string;

  @TextField(CODE)
  code: string;

  @ObjectField(() => TitlesResponse)
  titles: TitlesResponse;

  @BoolField({ description: 'Known to the product: cannot be deleted' })
  isSystem: boolean;

  @IntField({ min: 1, max: MAX_VERSION, description: 'Also the `ETag`; another one after every change' })
  version: number;
}

export class DictionaryLineResponse extends DictionaryCard {
  @IntField({ min: 0, max: MAX_ENTRIES, description: 'Archived ones left out' })
  entryCount: number;
}

export class DictionaryListResponse {
  @ListField(() => DictionaryLineResponse, { max: 10_000 })
  items: DictionaryLineResponse[];
}

export class DictionaryEntryResponse {
  @UuidField()
  id: string;

  @TextField(CODE)
  code: string;

  @ObjectField(() => TitlesResponse)
  titles: TitlesResponse;

  @NullableField()
  @UuidField()
  parentId: string | null;

  @IntField({ min: 1, max: MAX_DEPTH, description: 'Level' })
  depth: number;

  @IntField(POSITION)
  position: number;

  @BoolField(IS_ARCHIVED)
  isArchived: boolean;
}

export class DictionaryResponse extends DictionaryCard {
  @ListField(() => DictionaryEntryResponse, {
    max: MAX_ENTRIES,
    description: 'Parents before their children, siblings in order',
  })
  entries: DictionaryEntryResponse[];
}
