const KEY = "kk-chat-open";

/** Whether the panel is open survives a reload of this tab. Where storage is forbidden, it just doesn't. */
export function wasOpen(): boolean {
  try {
    return sessionStorage.getItem(KEY) === "1";
  } catch {
    return false;
  }
}

export function rememberOpen(open: boolean): void {
  try {
    if (open) sessionStorage.setItem(KEY, "1");
    else sessionStorage.removeItem(KEY);
  } catch {
    // Nothing to do: the panel starts closed.
  }
}
