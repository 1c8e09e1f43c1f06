import { beforeAll, describe, expect, it } from '@jest/globals';
import type { AccessHouse } from './access-house.js';

/** Filters and export of the audit trail through the whole edge. */
export const auditCases = ({ admin, owner, workspaceId, call, listen, signedIn }: AccessHouse): void => {
  describe('the audit trail', () => {
    const audit = async (query: string) =>
      (await call('GET', `/api/v1/audit?${query}`)).json<{
        items: { entityId: string }[];
        nextCursor: string | null;
      }>();
    const LINES = 1_234;

    beforeAll(async () => {
      await owner().query(
        `INSERT INTO audit_log (workspace_id, at, id, command, actor_kind, actor_id, actor_name, entity_type, entity_id, after, correlation_id)
         SELECT $1, timestamptz '2020-01-01Z' + n * interval '1 second', gen_random_uuid(), 'Invent', 'hook', 'h' || n % 3,
                '=cmd|''/c calc''!A1', 'tests.line', 'e' || n, jsonb_build_object('text', E'a,"б"\\n;' || n), 'c'
         FROM generate_series(1, $2::int) AS n`,
        [workspaceId(), LINES],
      );
    });

    it('is filtered by who, what kind, action, record and time, all at once', async () => {
      const all = 'actorKind=hook&actorId=h1&command=Invent&entityType=tests.line';
      const period = 'from=2020-01-01T00:00:05Z&to=2020-01-01T03:00:10%2B03:00';
      expect((await audit(`${all}&${period}`)).items.map(({ entityId }) => entityId)).toEqual(['e7']);
      expect((await audit(`${all}&entityId=e4`)).items).toHaveLength(1);
      expect((await audit(`${all}&entityId=e5`)).items).toEqual([]);
      expect((await audit('actorKind=system&command=Invent')).items).toEqual([]);
      for (const query of ['actorKind=god', 'actorKind=', 'from=2020', 'colour=red', 'format=csv']) {
        expect((await call('GET', `/api/v1/audit?${query}`)).statusCode).toBe(422);
      }
      for (const query of ['format=xml', 'limit=5', 'actorKind=god', 'to=x']) {
        expect((await call('GET', `/api/v1/audit/export?${query}`)).statusCode).toBe(422);
      }
    });

    it('is found by an index, whatever it is filtered by', async () => {
      const plan = async (filter: string) => {
        const lines = await owner().transaction(async (manager) => {
          // A handful of lines is read faster without one.
          await manager.query('SET LOCAL enable_seqscan = off');
          return manager.query<object[]>(
            `EXPLAIN SELECT id FROM audit_log_default WHERE workspace_id = $1 AND ${filter} ORDER BY at DESC, id DESC LIMIT 50`.replace(
              '$1',
              `'${workspaceId()}'`,
            ),
          );
        });
        return JSON.stringify(lines);
      };
      for (const filter of [`command = 'x'`, `actor_kind = 'x'`, `actor_id = 'x'`, `entity_id = 'x'`]) {
        expect(await plan(filter)).toMatch(new RegExp(`Index Cond: .*${filter.split(' ')[0]}`));
      }
    });

    it('leaves as CSV that a spreadsheet reads as text, page after page', async () => {
      const answer = await call('GET', '/api/v1/audit/export?command=Invent');
      expect([answer.statusCode, answer.headers['content-type'], answer.headers['content-disposition']]).toEqual([
        200,
        'text/csv; charset=utf-8',
        'attachment; filename="audit.csv"',
      ]);
      const records = answer.body.split('\r\n');
      expect(records[0]).toBe(
        '\uFEFFid,at,command,actorKind,actorId,actorName,entityType,entityId,before,after,correlationId',
      );
      expect(records).toHaveLength(LINES + 2);
      expect(records[1]).toMatch(
        new RegExp(
          `^[\\da-f-]{36},2020-01-01T00:20:34.000Z,Invent,hook,h1,"'=cmd\\|'/c calc'!A1",tests.line,e${LINES},,"`,
        ),
      );
      expect(new Set(records.slice(1, -1).map((record) => record.slice(0, 36))).size).toBe(LINES);
    });

    it('leaves as NDJSON, with the same lines as the list; who took it is a line, too', async () => {
      const answer = await call('GET', '/api/v1/audit/export?format=ndjson&command=Invent&actorId=h2');
      expect(answer.headers['content-type']).toBe('application/x-ndjson');
      const lines = answer.body
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as object);
      expect(lines).toHaveLength(Math.floor(LINES / 3));
      expect(lines.slice(0, 50)).toEqual((await audit('command=Invent&actorId=h2')).items);
      expect((await call('GET', '/api/v1/audit/export?command=Nothing&format=ndjson')).body).toBe('');
      expect(await audit('command=NoteAuditExport&limit=2')).toMatchObject({
        items: [{}, { after: { format: 'ndjson', filter: { command: 'Invent', actorId: 'h2' } } }],
      });
    });

    it('is read no faster than it is taken, and breaks off where it cannot be read on', async () => {
      // Three pages of ten megabytes: far more than lies in the buffers of a connection.
      await owner().query(
        `INSERT INTO audit_log (workspace_id, at, id, command, actor_kind, entity_type, entity_id, after, correlation_id)
         SELECT $1, timestamptz '2020-01-01Z' + n * interval '1 second', gen_random_uuid(), 'Swell', 'hook', 't', 'e' || n,
                jsonb_build_object('text', repeat('x', 20000)), 'c'
         FROM generate_series(1, 1500) AS n`,
        [workspaceId()],
      );
      const url = `${await listen()}/api/v1/audit/export?format=ndjson&command=Swell`;
      const take = async (afterTheFirstChunk: () => Promise<unknown>) => {
        const reader = (await fetch(url, { headers: admin() })).body!.getReader();
        let bytes = (await reader.read()).value?.length ?? 0;
        await afterTheFirstChunk();
        for (let part = await reader.read(); !part.done; part = await reader.read()) bytes += part.value.length;
        return bytes;
      };
      expect(await take(() => Promise.resolve())).toBeGreaterThan(30_000_000);
      const broken = take(() => owner().query('REVOKE SELECT ON audit_log FROM sdelka_app'));
      await expect(broken).rejects.toThrow('terminated');
      await owner().query('GRANT SELECT ON audit_log TO sdelka_app');
    });

    it('leaves for nobody who may not read it', async () => {
      expect((await call('GET', '/api/v1/audit/export', await signedIn('operator'))).statusCode).toBe(403);
    });
  });
};
