import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import type { MountedSystem } from "./mounted-system.ts";
import { openApiDocument } from "./openapi.ts";

/** Everything from here; the page styles itself inline. Nothing is upgraded to https: on a local network there is none. */
const POLICY = {
  "default-src": ["'self'"],
  "img-src": ["'self'", "data:"],
  "style-src": ["'self'", "'unsafe-inline'"],
  "object-src": ["'none'"],
  "base-uri": ["'none'"],
  "frame-ancestors": ["'self'"],
};

/** Four lines for four systems, and the name. */
const WORDMARK = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 150 40" width="150" height="40">
<g stroke="#fff" stroke-width="3"><path d="M4 9h26M4 17h20M4 25h26M4 33h20"/></g>
<text x="40" y="27" fill="#fff" font-family="Georgia, serif" font-size="22">Quatrain</text></svg>`;

/** What a listener has to describe. */
interface Described {
  readonly systems: readonly MountedSystem[];
  readonly platform: MountedSystem;
  readonly dialect: MountedSystem | null;
  readonly version: string;
}

/** `/openapi.json` and `/_/openapi.json`: this listener's contracts; `/_/docs`: the same as a page. */
export async function mountDocs(server: FastifyInstance, parts: Described): Promise<void> {
  const contracts = [...parts.systems, parts.platform].flatMap((system) =>
    system.routes.map((bound) => bound.contract),
  );
  const title = parts.dialect === null ? "Quatrain" : `Quatrain: ${parts.dialect.name}`;
  const document = openApiDocument(title, parts.version, contracts);
  for (const path of ["/openapi.json", "/_/openapi.json"]) server.get(path, async () => document);
  await server.register(async (room) => {
    await room.register(swagger, { mode: "static", specification: { document: document as never } });
    await room.register(swaggerUi, {
      routePrefix: "/_/docs",
      staticCSP: POLICY,
      theme: { title },
      logo: { type: "image/svg+xml", content: Buffer.from(WORDMARK), href: "/_/docs", target: "_self" },
      uiConfig: { docExpansion: "list", validatorUrl: null },
    });
  });
}
