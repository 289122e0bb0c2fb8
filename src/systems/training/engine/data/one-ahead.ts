/**
 * What is made of each item, in their order; while one is used, the next is already being made. When the user goes away
 * early, what is being made is waited for, so that nothing of it runs on.
 */
export async function* oneAhead<T, U>(
  items: readonly T[],
  make: (item: T, at: number) => Promise<U>,
): AsyncGenerator<U, void, undefined> {
  let next = begun(items, 0, make);
  try {
    for (let at = 0; at < items.length; at++) {
      const made = (await next) as U;
      next = begun(items, at + 1, make);
      yield made;
    }
  } finally {
    await next.catch(() => {});
  }
}

/** A failure is told when its turn comes, not before. */
function begun<T, U>(
  items: readonly T[],
  at: number,
  make: (item: T, at: number) => Promise<U>,
): Promise<U | null> {
  const item = items[at];
  const making = item === undefined ? Promise.resolve(null) : make(item, at);
  making.catch(() => {});
  return making;
}
