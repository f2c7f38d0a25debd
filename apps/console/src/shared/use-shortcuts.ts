import { useEffect, useEffectEvent } from "react";

const TYPING = "input, textarea, select, [contenteditable='true'], [role='combobox']";
const DIALOG = "[role='dialog'], .ant-select-dropdown:not(.ant-select-dropdown-hidden)";

const isBusy = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  ((target.matches(TYPING) && !target.matches("input[type='checkbox']")) ||
    target.closest(DIALOG) !== null);

/**
 * Single keys for the whole screen, by `KeyboardEvent.key`. Silent while somebody types, a dialog
 * is open, or a modifier is held.
 */
export const useShortcuts = (keys: Record<string, () => void>): void => {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const run = keys[event.key];
    if (!run || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isBusy(event.target)) return;
    event.preventDefault();
    run();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
};
