import type { FastifyInstance } from "fastify";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Name of the system that owns the route. */
    system?: string;
  }
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** Prometheus figures of this process: its own, the HTTP requests', and what the rooms add. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests: Histogram<"system" | "method" | "route" | "status">;

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
    this.#requests = new Histogram({
      name: "quatrain_http_request_duration_seconds",
      help: "Time from the request's first byte to the answer's last",
      labelNames: ["system", "method", "route", "status"],
      buckets: SECONDS,
      registers: [this.#registry],
    });
  }

  /** Measures every answer of a server. Unknown paths share one label, so that a scanner cannot grow the series. */
  observe(server: FastifyInstance): void {
    server.addHook("onResponse", async (request, reply) => {
      this.#requests.observe(
        {
          system: request.routeOptions.config?.system ?? "platform",
          method: request.method,
          route: request.routeOptions.url ?? "unknown",
          status: String(reply.statusCode),
        },
        reply.elapsedTime / 1_000,
      );
    });
  }

  /** A figure read when it is scraped. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      async collect() {
        this.set(await read());
      },
    });
  }

  /** The same with labels: one figure per set of them; what is absent at a scrape is gone. */
  gauges<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    read: () => Promise<
      readonly { readonly labels: Readonly<Record<Label, string>>; readonly value: number }[]
    >,
  ): void {
    new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: [this.#registry],
      async collect() {
        const figures = await read();
        this.reset();
        for (const { labels, value } of figures) this.set(labels, value);
      },
    });
  }

  counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames: [...labelNames], registers: [this.#registry] });
  }

  async text(): Promise<{ contentType: string; body: string }> {
    return { contentType: this.#registry.contentType, body: await this.#registry.metrics() };
  }
}
