/** What a client of the extension is told before it has a job: pages are still being fetched. */
export class ClientStages {
  readonly #stages = new Map<string, string>();

  async while<Result>(clientId: string | null, stage: string, work: () => Promise<Result>): Promise<Result> {
    if (clientId === null) return work();
    this.#stages.set(clientId, stage);
    try {
      return await work();
    } finally {
      this.#stages.delete(clientId);
    }
  }

  of(clientId: string): string | null {
    return this.#stages.get(clientId) ?? null;
  }
}
