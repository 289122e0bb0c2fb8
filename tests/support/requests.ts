/** An answer, read whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into bodies as a foreign client does, without our types
  readonly body: any;
}

type Field = string | number | boolean | Blob | readonly (string | Blob)[];

/** Posts a form as a foreign client would; lists become repeated fields. */
export async function postForm(
  url: string,
  fields: Readonly<Record<string, Field>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of Array.isArray(value)
      ? (value as readonly (string | Blob)[])
      : [value as string | number | boolean | Blob]) {
      if (one instanceof Blob) form.append(name, one, "picture.png");
      else form.append(name, String(one));
    }
  }
  return read(await fetch(url, { method: "POST", body: form, headers }));
}

export async function postJson(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return read(
    await fetch(url, {
      method: "POST",
      body: text,
      headers: { "content-type": "application/json", ...headers },
    }),
  );
}

export async function send(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return read(await fetch(url, { method, headers }));
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // bytes or nothing: the text stands
  }
  return { status: response.status, headers: response.headers, body };
}
