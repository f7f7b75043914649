// Our own, small declarations of what the page uses from the vendored module.
import type { RefObject } from "./preact.js";
export function useEffect(effect: () => void | (() => void), inputs?: readonly unknown[]): void;
export function useLayoutEffect(effect: () => void | (() => void), inputs?: readonly unknown[]): void;
export function useRef<T>(initial: T | null): RefObject<T>;
export function useMemo<T>(make: () => T, inputs: readonly unknown[]): T;
export function useState<T>(initial: T | (() => T)): [T, (next: T | ((old: T) => T)) => void];
