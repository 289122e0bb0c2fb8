import type { Selectable, Transaction } from "kysely";
import type { Database } from "../../../platform/db/database.ts";
import { isFault } from "../../../platform/db/database-error.ts";
import type { Viewer } from "../viewer.ts";
import type { TrainingTables } from "./tables.ts";

export interface Project {
  readonly id: number;
  readonly name: string;
  readonly description: string | null;
  readonly ownerId: number | null;
  readonly jobCount: number;
  readonly datasetCount: number;
  readonly createdAt: number;
}

/** Two that take the next number at once: one of them tries again. */
const NUMBER_ATTEMPTS = 20;

/** Projects and sessions: drawers for jobs and datasets, made when first named. */
export class ProjectStore {
  readonly #database: Database<TrainingTables>;

  constructor(database: Database<TrainingTables>) {
    this.#database = database;
  }

  async addProject(
    project: Pick<Project, "name" | "description" | "ownerId">,
    now: number,
  ): Promise<Project> {
    for (let attempt = 1; ; attempt++) {
      try {
        const row = await this.#database.transaction((tx) => insertNext(tx, project, now));
        return { ...toProject(row), jobCount: 0, datasetCount: 0 };
      } catch (error) {
        if (!isFault(error, "unique") || attempt === NUMBER_ATTEMPTS) throw error; // somebody took the number
      }
    }
  }

  /** Makes the project and the session that a client names by number, where there are none. */
  async ensure(
    { projectId, sessionId }: { projectId: number | null; sessionId: number | null },
    ownerId: number | null,
    now: number,
  ): Promise<void> {
    await this.#database.transaction(async (tx) => {
      if (projectId !== null) await ensureProject(tx, projectId, ownerId, now);
      if (sessionId === null) return;
      await tx
        .insertInto("training_sessions")
        .values({ id: sessionId, project_id: projectId ?? 0, owner_id: ownerId, created_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    });
  }

  async findProject(id: number): Promise<Pick<Project, "id" | "name" | "ownerId"> | null> {
    const row = await this.#database.reader
      .selectFrom("training_projects")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst();
    return row === undefined ? null : toProject(row);
  }

  /** Names and owners by id, of those that exist. */
  async namesOf(
    ids: readonly number[],
  ): Promise<ReadonlyMap<number, { readonly name: string; readonly ownerId: number | null }>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#database.reader
      .selectFrom("training_projects")
      .select(["id", "name", "owner_id"])
      .where("id", "in", [...new Set(ids)])
      .execute();
    return new Map(rows.map(({ id, name, owner_id: ownerId }) => [id, { name, ownerId }]));
  }

  /** Newest first. */
  async listProjects(
    viewer: Viewer,
    { skip, limit }: { skip: number; limit: number },
  ): Promise<{ projects: Project[]; total: number }> {
    let query = this.#database.reader.selectFrom("training_projects");
    if (!viewer.seesAll) query = query.where("owner_id", "=", viewer.userId ?? -1);
    const { total } = await query
      .select((row) => row.fn.countAll<number>().as("total"))
      .executeTakeFirstOrThrow();
    const rows = await query
      .selectAll("training_projects")
      .select((row) => [
        row
          .selectFrom("training_jobs")
          .select((inner) => inner.fn.countAll<number>().as("n"))
          .whereRef("training_jobs.project_id", "=", "training_projects.id")
          .as("jobs"),
        row
          .selectFrom("training_datasets")
          .select((inner) => inner.fn.countAll<number>().as("n"))
          .whereRef("training_datasets.project_id", "=", "training_projects.id")
          .as("datasets"),
      ])
      .orderBy("training_projects.id", "desc")
      .offset(skip)
      .limit(limit)
      .execute();
    const projects = rows.map((row) => ({
      ...toProject(row),
      jobCount: Number(row.jobs ?? 0),
      datasetCount: Number(row.datasets ?? 0),
    }));
    return { projects, total: Number(total) };
  }
}

async function insertNext(
  tx: Transaction<TrainingTables>,
  project: Pick<Project, "name" | "description" | "ownerId">,
  now: number,
) {
  const { last } = await tx
    .selectFrom("training_projects")
    .select((row) => row.fn.max<number | null>("id").as("last"))
    .executeTakeFirstOrThrow();
  return tx
    .insertInto("training_projects")
    .values({
      id: Number(last ?? 0) + 1,
      name: project.name,
      description: project.description,
      owner_id: project.ownerId,
      created_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

async function ensureProject(
  tx: Transaction<TrainingTables>,
  id: number,
  ownerId: number | null,
  now: number,
): Promise<void> {
  await tx
    .insertInto("training_projects")
    .values({ id, name: `Project ${id}`, description: null, owner_id: ownerId, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

function toProject(row: Selectable<TrainingTables["training_projects"]>) {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    ownerId: row.owner_id,
    createdAt: row.created_at,
  };
}
