/** What a form shows of a setting beyond its type, bounds and meaning, which ADVANCED_FIELDS has. */
export interface FieldFacts {
  readonly label: string;
  /** How far one press of an arrow goes. */
  readonly step?: number;
  /** By value: label and description. */
  readonly options?: Readonly<Record<string, readonly [label: string, description: string]>>;
  /** Without it the setting has no effect. */
  readonly dependsOn?: Dependency;
  /** Of lists: two ends, free numbers, or some of the options. */
  readonly listType?: "range" | "list" | "multiselect";
  /** What holds where the default is null. */
  readonly byDefault?: string;
}

/** The setting of that name has one of these values. */
export interface Dependency {
  readonly name: string;
  readonly equals: readonly (string | boolean)[];
}

/** Facts of all fields of a group. */
export type GroupFacts<Group> = { readonly [Name in keyof Group]: FieldFacts };
