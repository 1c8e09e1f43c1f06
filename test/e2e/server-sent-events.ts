import type { ApiClient } from '#testing/product/api-client.js';
import type { Operation } from '#testing/product/api-types.js';

export type ProgressEvent = Pick<Operation, 'id' | 'status' | 'progress'>;

const PATIENCE_MS = 90_000;

/** Follow an operation to its end; answers every event of the stream. */
export const followProgress = async (
  api: ApiClient,
  id: string,
  kind: 'copies' | 'transfers' = 'copies',
): Promise<readonly ProgressEvent[]> => {
  const headers = { authorization: `Bearer ${api.tokens?.accessToken ?? ''}` };
  const response = await fetch(`${api.baseUrl}/api/v1/deals/${kind}/${id}/events`, {
    headers,
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.headers.get('content-type')?.startsWith('text/event-stream'))
    throw new Error(`No stream: ${response.status}`);
  const text = await response.text();
  return text
    .split('\n\n')
    .filter((block) => block.startsWith('event: progress'))
    .map((block) => JSON.parse(block.slice(block.indexOf('data: ') + 'data: '.length)) as ProgressEvent);
};
