/** What the tests read of the API's answers. */
export type OperationStatus = 'queued' | 'running' | 'succeeded' | 'partially_succeeded' | 'failed' | 'cancelled';
export type ItemStatus = 'pending' | 'running' | 'done' | 'failed' | 'cancelled';

export interface Remark {
  readonly code: string;
  readonly text: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface Operation {
  readonly id: string;
  readonly status: OperationStatus;
  readonly origin: 'request' | 'hook';
  readonly lane: string;
  readonly cancelRequested: boolean;
  readonly progress: {
    readonly total: number;
    readonly done: number;
    readonly failed: number;
    readonly cancelled: number;
    readonly created: number;
    readonly percent: number;
  };
}

export interface Item {
  readonly id: string;
  readonly seq: number;
  readonly sourceDealId: number;
  readonly targetDealId: number | null;
  readonly status: ItemStatus;
  readonly step: string;
  readonly error: Remark | null;
  readonly remarks: readonly Remark[];
}

export interface Accepted {
  readonly id: string;
  readonly status: OperationStatus;
}

export interface PageOf<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export interface Preview {
  readonly total: number;
  readonly sampled: number;
  readonly cost: { readonly requests: number; readonly seconds: number };
  readonly items: readonly {
    readonly sourceDealId: number;
    readonly name: string | null;
    readonly error: Remark | null;
    readonly warnings: readonly Remark[];
    readonly differences: readonly {
      readonly effect: string;
      readonly part: string;
      readonly label: string;
      readonly reason: Remark | null;
    }[];
  }[];
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
}

export interface Me {
  readonly id: string;
  readonly email: string;
  readonly role: string;
  readonly workspaceId: string;
}

export interface Directory {
  readonly account: { readonly id: number; readonly timeZone: string };
  readonly markerFieldId: number;
  readonly pipelines: readonly {
    readonly id: number;
    readonly name: string;
    readonly isMain: boolean;
    readonly stages: readonly { readonly id: number; readonly name: string; readonly kind: string }[];
  }[];
  readonly users: readonly {
    readonly id: number;
    readonly name: string;
    readonly isActive: boolean;
    readonly isAdmin: boolean;
  }[];
  readonly leadFields: readonly {
    readonly id: number;
    readonly name: string;
    readonly type: string;
    readonly code: string | null;
    readonly isComputed: boolean;
  }[];
}

export interface NewHookToken {
  readonly id: string;
  readonly token: string;
  readonly path: string;
}

export interface ReceivedHook {
  readonly id: string;
  readonly hookTokenId: string;
  readonly state: string;
  readonly outcome: string | null;
}
