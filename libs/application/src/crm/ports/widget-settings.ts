/** What the configuration says about pages that may call us from amoCRM. */
export interface WidgetSettings {
  /** Origin of the configured sandbox, whose pages may call even before it is connected; null = there is none. */
  readonly sandboxOrigin: string | null;
}
export const WIDGET_SETTINGS = Symbol('WidgetSettings');
