import * as contract from "../../../contracts/integrity/index.ts";
import { type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import type { Clock } from "../../../platform/ports.ts";
import { contractInstant } from "../instants.ts";

const VERSION = "2.0";

const INFO = {
  name: "Centinela Digital API",
  version: VERSION,
  description: "API para detección de fraude académico",
  valid_roles: [...contract.ROLES],
  valid_product_types: [...contract.PRODUCTS],
  valid_evidences: [...contract.EVIDENCES],
  endpoints: {
    "POST /api/analyze": "Analizar un documento",
    "GET /api/case/<id>": "Obtener un caso",
    "GET /api/cases": "Listar casos con filtros",
    "GET /api/metrics/institutional": "Métricas institucionales",
    "GET /api/metrics/temporal": "Análisis temporal",
    "GET /health": "Verificar salud de API",
  },
};

/** contracts/integrity.md "Health Check", "Información de API". */
export function statusRoutes({ clock }: { readonly clock: Clock }): BoundRoute[] {
  return [
    route(contract.health, async () => ({
      status: "healthy",
      timestamp: contractInstant(clock.now()),
      version: VERSION,
    })),
    route(contract.info, async () => INFO),
  ];
}
