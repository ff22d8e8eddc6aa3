const STORAGE_KEY = 'joblens.token';

/** The token that was typed in on this page; kept until the tab is closed, and sent to this service only. */
export function storeToken(token: string): void {
  sessionStorage.setItem(STORAGE_KEY, token.trim());
}

export function hasToken(): boolean {
  return sessionStorage.getItem(STORAGE_KEY) !== null;
}

export function authorization(): Record<string, string> {
  const token = sessionStorage.getItem(STORAGE_KEY);
  return token ? { Authorization: `Bearer ${token}` } : {};
}
