/** What the page says to a waiting service worker. */

export const kTakeOver = { type: 'landfall-take-over' } as const;

export function isTakeOverMessage(data: unknown): boolean {
  return (
    typeof data === 'object' && data !== null && 'type' in data && data.type === kTakeOver.type
  );
}
