// Our own, small declarations of what the page uses from the vendored module.
export type ComponentChild = any;
export interface VNode { type: unknown; props: Record<string, unknown> }
export interface RefObject<T> { current: T | null }
export function h(type: unknown, props: Record<string, unknown> | null, ...children: ComponentChild[]): VNode;
export function render(node: ComponentChild, parent: Element): void;
export const Fragment: unknown;
