import cors from "@fastify/cors";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { PathTable } from "./path-table.ts";
import { pathOf } from "./request-origin.ts";

/** Each system's own CORS on one listener: the owner of the path decides, and all who share it where several do. No origins: no CORS headers at all. */
export async function registerCors(server: FastifyInstance, paths: PathTable): Promise<void> {
  await server.register(cors, {
    delegator: async (request: FastifyRequest) => {
      const { corsOrigins, corsHeaders } = paths.cors(pathOf(request));
      return {
        origin: corsOrigins.includes("*") ? "*" : corsOrigins.length > 0 ? [...corsOrigins] : false,
        methods: ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
        allowedHeaders: [...corsHeaders.allowed],
        exposedHeaders: [...corsHeaders.exposed],
        strictPreflight: false,
      };
    },
  });
}
