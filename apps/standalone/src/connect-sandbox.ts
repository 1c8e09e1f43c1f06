export interface Administrator {
  readonly email: string;
  readonly password: string;
}

/** Our own API as its users see it. */
class OwnApi {
  #token = '';

  constructor(private readonly baseUrl: string) {}

  async signIn({ email, password }: Administrator): Promise<void> {
    const { accessToken } = await this.call<{ accessToken: string }>('POST', '/api/v1/auth/login', { email, password });
    this.#token = accessToken;
  }

  async call<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(this.#token && { authorization: `Bearer ${this.#token}` }) },
      body: body && JSON.stringify(body),
    });
    const answer = (await response.json()) as T & { title?: string };
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${answer.title ?? ''}`);
    return answer;
  }
}

/**
 * Connect the sandbox through the real OAuth flow: our own API is asked for the consent page, the sandbox's user
 * agrees, the browser's way back is walked. Does nothing when the connection works.
 */
export const connectSandbox = async (
  apiUrl: string,
  sandboxUrl: string,
  administrator: Administrator,
): Promise<void> => {
  const api = new OwnApi(apiUrl);
  await api.signIn(administrator);
  const connection = await api.call<{ state: string }>('GET', '/api/v1/crm/connection');
  if (connection.state !== 'active') {
    const { authorizeUrl } = await api.call<{ authorizeUrl: string }>('POST', '/api/v1/crm/connection/start', {});
    await consent(sandboxUrl, authorizeUrl);
  }
  // Copies can be asked for once the directory is there; whoever reads it already is waited for.
  await api.call('POST', '/api/v1/crm/directory/refresh', {});
};

const consent = async (sandboxUrl: string, authorizeUrl: string): Promise<void> => {
  const asked = new URL(authorizeUrl).searchParams;
  const answer = await fetch(`${sandboxUrl}/_sandbox/consent`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ clientId: asked.get('client_id'), state: asked.get('state') }),
  });
  const { redirectUrl } = (await answer.json()) as { redirectUrl: string };
  const landed = await fetch(redirectUrl);
  if (!landed.ok) throw new Error(`The connection of the sandbox was refused (${landed.status})`);
};
