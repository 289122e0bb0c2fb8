import { integer, serial, text } from "../db/schema/columns.ts";
import type { Migration } from "../db/schema/migrate.ts";

export const authMigrations: readonly Migration[] = [
  {
    id: "auth/0001-users-and-keys",
    async up(schema) {
      await schema.createTable("users", {
        id: serial(),
        email: text().unique(),
        full_name: text(),
        role: text(),
        password_hash: text(),
        created_at: integer(),
        tokens_valid_from: integer(),
      });
      await schema.createTable("api_keys", {
        id: text().primaryKey(),
        name: text(),
        key_hash: text().unique(),
        system: text(),
        access: text(),
        created_at: integer(),
        revoked_at: integer().nullable(),
      });
      await schema.createTable("platform_secrets", { name: text().primaryKey(), value: text() });
    },
  },
];
