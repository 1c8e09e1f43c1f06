import type { Administrator } from './connect-sandbox.js';

export interface WelcomeFacts {
  readonly apiUrl: string;
  readonly sandboxUrl: string | null;
  readonly administrator: Administrator;
  readonly dataDir: string;
  /** From the start of the process to now. */
  readonly seconds: number;
}

/** What is printed once everything runs: addresses, the administrator, and a first command that does something. */
export const welcome = async ({
  apiUrl,
  sandboxUrl,
  administrator,
  dataDir,
  seconds,
}: WelcomeFacts): Promise<string> => {
  const dealId = sandboxUrl === null ? null : await someDeal(sandboxUrl);
  const lines = [
    '',
    `Sdelka is ready (${seconds.toFixed(1)} s)`,
    '',
    `  API            ${apiUrl}/api/v1`,
    `  API document   ${apiUrl}/api/docs`,
    ...(sandboxUrl === null ? [] : [`  amoCRM sandbox ${sandboxUrl}`]),
    `  Administrator  ${administrator.email}  ${administrator.password}`,
    `  Data           ${dataDir}`,
    '',
    ...(dealId === null ? [] : ['Copy a deal:', '', ...copyCommand(apiUrl, administrator, dealId), '']),
    'Ctrl-C stops everything.',
    '',
  ];
  return `${lines.join('\n')}\n`;
};

const copyCommand = (apiUrl: string, { email, password }: Administrator, dealId: number): readonly string[] => [
  `  TOKEN=$(curl -s ${apiUrl}/api/v1/auth/login -H 'content-type: application/json' \\`,
  `    -d '${JSON.stringify({ email, password })}' | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')`,
  `  curl -s ${apiUrl}/api/v1/deals/copies -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' \\`,
  `    -d '{"sourceIds":[${dealId}],"options":{"nameTemplate":"{{lead.name}} (повтор {{date}})"}}'`,
];

const someDeal = async (sandboxUrl: string): Promise<number | null> => {
  const response = await fetch(`${sandboxUrl}/_sandbox/dump?entity=leads`);
  const { items = [] } = (await response.json()) as { items?: { id: number }[] };
  return items.at(-1)?.id ?? null;
};
