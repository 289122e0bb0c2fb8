import { expect, test } from "vitest";
import { QuatrainClient } from "../../../src/client/index.ts";
import { uploadPictures } from "./upload-pictures.ts";

const PLACE = { recipe_id: "default", role_id: "r", roi_id: "o" };
const given = (name: string) => ({ path: name, file: new File(["x"], name) });

/** A server that takes all pictures of a request, or none where one is called bad. */
function clientOf(sent: string[][], status = 400) {
  return new QuatrainClient({
    baseUrl: "http://localhost",
    fetch: async (_url, init) => {
      const names = (init!.body as FormData).getAll("images").map((file) => (file as File).name);
      sent.push(names);
      if (names.some((name) => name.startsWith("bad")))
        return Response.json({ error: `${names[0]} is no picture` }, { status });
      return Response.json({ status: "ok", saved: names });
    },
  });
}

test("only what is at fault stays behind, by name and with the reason", async () => {
  const sent: string[][] = [];
  const shares: number[] = [];
  const names = [...Array.from({ length: 20 }, (_, index) => `${index}.png`), "bad.png"];
  const result = await uploadPictures(clientOf(sent), PLACE, "ok", names.map(given), (share) =>
    shares.push(share),
  );
  expect(result).toEqual({ saved: 20, refused: [{ path: "bad.png", why: "bad.png is no picture" }] });
  expect(sent[0]).toHaveLength(16);
  expect(shares.at(-1)).toBe(1);
});

test("what is not about a file ends it", async () => {
  await expect(
    uploadPictures(clientOf([], 401), PLACE, "ng", [given("bad.png")], () => undefined),
  ).rejects.toMatchObject({
    status: 401,
  });
});
