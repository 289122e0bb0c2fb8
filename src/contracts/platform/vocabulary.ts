import { z } from "zod";

export const PlatformError = z.object({
  error: z.string(),
  detail: z.string(),
  code: z.string(),
  status: z.number().int(),
  request_id: z.string(),
});

const failure = (description: string) => ({ description, schema: PlatformError });

export const adminFailures = {
  401: failure("A credential is needed"),
  403: failure("The credential does not suffice"),
  422: failure("Fields are missing or malformed"),
} as const;

export const notFound = { 404: failure("There is no such thing") } as const;
