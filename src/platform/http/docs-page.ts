import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
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

const PAGE = "/_/docs";

/** What a listener has to describe. */
interface Described {
  readonly systems: readonly MountedSystem[];
  readonly platform: MountedSystem;
  readonly dialect: MountedSystem | null;
  readonly version: string;
}

/**
 * `/openapi.json` and `/_/openapi.json`: this listener's contracts; `/_/docs`: the same as a page. Both are made when
 * somebody first asks for them: a server that nobody reads starts sooner and rests smaller.
 */
export function mountDocs(server: FastifyInstance, parts: Described): void {
  const title = parts.dialect === null ? "Quatrain" : `Quatrain: ${parts.dialect.name}`;
  let document: ReturnType<typeof openApiDocument> | undefined;
  const describe = () => {
    document ??= openApiDocument(
      title,
      parts.version,
      [...parts.systems, parts.platform].flatMap((system) => system.routes.map((bound) => bound.contract)),
    );
    return document;
  };
  for (const path of ["/openapi.json", "/_/openapi.json"]) server.get(path, async () => describe());

  let page: Promise<FastifyInstance> | undefined;
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const { method, url, headers } = request;
    page ??= openPage(title, describe());
    const answered = await (await page).inject({ method: method as "GET" | "HEAD", url, headers });
    if (answered.statusCode === 404) return reply.callNotFound();
    return reply.code(answered.statusCode).headers(answered.headers).send(answered.rawPayload);
  };
  for (const path of [PAGE, `${PAGE}/*`]) server.get(path, answer);
  server.addHook("onClose", async () => (await page)?.close());
}

/** The page as a server of its own, which no socket reaches. */
async function openPage(
  title: string,
  document: ReturnType<typeof openApiDocument>,
): Promise<FastifyInstance> {
  const [{ default: swagger }, { default: swaggerUi }] = await Promise.all([
    import("@fastify/swagger"),
    import("@fastify/swagger-ui"),
  ]);
  const room = fastify({ routerOptions: { ignoreTrailingSlash: true } });
  await room.register(swagger, { mode: "static", specification: { document: document as never } });
  await room.register(swaggerUi, {
    routePrefix: PAGE,
    staticCSP: POLICY,
    theme: { title },
    logo: { type: "image/svg+xml", content: Buffer.from(WORDMARK), href: PAGE, target: "_self" },
    uiConfig: { docExpansion: "list", validatorUrl: null },
  });
  await room.ready();
  return room;
}
