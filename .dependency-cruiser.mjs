/** The rules of docs/architecture.md, as errors. */
const SYSTEMS = "^src/systems/([^/]+)/";

export default {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "systems-never-import-each-other",
      severity: "error",
      from: { path: SYSTEMS },
      to: { path: "^src/systems/", pathNot: "^src/systems/$1/" },
    },
    {
      name: "algorithms-are-pure",
      comment:
        "algorithms are pure: no I/O, nothing of ours but themselves and the graph builder's types, one pure library",
      severity: "error",
      from: { path: "^src/algorithms/", pathNot: "\\.test\\.ts$" },
      to: { pathNot: "^src/(algorithms|graph)/|node_modules/eld/" },
    },
    {
      name: "graph-knows-nothing-of-ours",
      severity: "error",
      from: { path: "^src/graph/", pathNot: "\\.test\\.ts$" },
      to: { path: "^src/", pathNot: "^src/graph/" },
    },
    {
      name: "contracts-import-zod-only",
      severity: "error",
      from: { path: "^src/contracts/", pathNot: "\\.test\\.ts$" },
      to: { pathNot: "^(src/contracts/|node_modules/zod)" },
    },
    {
      name: "platform-knows-no-ai",
      severity: "error",
      from: { path: "^src/platform/", pathNot: "\\.test\\.ts$" },
      to: {
        path: "^src/",
        pathNot: "^src/(platform/|contracts/(platform|route|fields)|contracts/platform/)",
      },
    },
    {
      name: "ml-reach",
      severity: "error",
      from: { path: "^src/ml/", pathNot: "\\.test\\.ts$" },
      to: {
        path: "^src/",
        pathNot: "^src/(ml|graph|algorithms)/|^src/platform/(errors|config|storage|telemetry|lifecycle)/",
      },
    },
    {
      name: "sql-only-in-its-rooms",
      severity: "error",
      from: {
        path: "^src/",
        pathNot: "^src/(platform/(db|jobs|auth)|systems/[^/]+/store)/|\\.test\\.ts$",
      },
      to: { path: "node_modules/(kysely|pg|pg-boss)/" },
    },
    {
      name: "sqlite-only-in-db",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/platform/(db|lifecycle)/|\\.test\\.ts$" },
      to: { path: "^(node:)?sqlite$" },
    },
    {
      name: "fastify-only-at-the-door",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(platform/http|systems/[^/]+/routes)/|\\.test\\.ts$" },
      to: { path: "node_modules/(fastify|@fastify)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "onnxruntime-only-in-ml-runtime",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/ml/runtime/" },
      to: { path: "node_modules/onnxruntime" },
    },
    {
      name: "sharp-only-in-ml-images",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/ml/images/|\\.test\\.ts$" },
      to: { path: "node_modules/sharp" },
    },
    {
      name: "one-composition-root",
      comment: "only app.ts, the command line and tests may know every room",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(app|main)\\.ts$|^src/cli/|\\.test\\.ts$" },
      to: { path: "^src/(app|main)\\.ts$|^src/cli/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
