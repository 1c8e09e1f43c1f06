import { MAX_FILE_NAME } from '#application/clients/index.js';
import { DateTimeField, IntField, NullableField, TextField, UuidField } from '../shared/fields.js';

// Longer than any file system knows; what is over 255 is shortened.
const MAX_GIVEN_NAME = 1_000;
const MAX_SIZE = 2_147_483_647;

export class UploadFileRequest {
  @TextField({
    max: MAX_GIVEN_NAME,
    description: 'What the file is called, percent-encoded UTF-8. Folders and control characters are taken away',
    example: 'Договор.pdf',
  })
  name: string;
}

/** A file as an entry tells of it. */
export class AttachmentResponse {
  @UuidField()
  id: string;

  @TextField({ max: MAX_FILE_NAME })
  name: string;

  @IntField({ min: 1, max: MAX_SIZE, description: 'Bytes' })
  size: number;

  @TextField({ max: 127, description: 'Media type by content, whatever the sender said', example: 'application/pdf' })
  type: string;
}

export class FileResponse extends AttachmentResponse {
  @DateTimeField()
  createdAt: Date;

  @NullableField()
  @UuidField({ description: 'The comment or interaction that it belongs to; null while it belongs to nothing' })
  entryId: string | null;

  @NullableField()
  @UuidField()
  clientId: string | null;
}
