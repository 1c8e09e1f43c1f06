import type { ClientSettings } from '../../ports/client-rules.js';

export type ClientSettingsView = ClientSettings;
