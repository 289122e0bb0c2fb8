import fc from "fast-check";
import { expect, test } from "vitest";
import { batchesOf } from "./file-batches.ts";

test("files stay in their order, within the limits of a request unless one alone is larger", () => {
  const file = fc.record({ path: fc.string(), bytes: fc.nat(100) });
  const limits = fc.record({ files: fc.integer({ min: 1, max: 5 }), bytes: fc.integer({ min: 1, max: 80 }) });
  fc.assert(
    fc.property(fc.array(file), limits, (files, most) => {
      const batches = batchesOf(files, most);
      expect(batches.flat()).toEqual(files);
      for (const batch of batches) {
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(most.files);
        const bytes = batch.reduce((sum, one) => sum + one.bytes, 0);
        if (batch.length > 1) expect(bytes).toBeLessThanOrEqual(most.bytes);
      }
    }),
  );
});
