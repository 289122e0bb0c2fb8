import { expect, test } from "vitest";
import { describeEachDatabase } from "../../../platform/db/testing.ts";
import { aPicture, openTestStore, ROI } from "./testing.ts";

describeEachDatabase("InspectionWriter", (open) => {
  test("announced pictures count once they are confirmed", async () => {
    const { reader, writer } = await openTestStore(open);
    const pictures = ["a.png", "b.png"].map((name) => aPicture(ROI, "ok", name));
    await writer.announcePictures(pictures, 100);
    expect(await reader.findPictures(ROI)).toEqual([]);
    expect(await reader.findPicture(ROI, "ok", "a.png")).toBeNull();
    expect(await reader.pendingPictures(100)).toEqual([]);
    expect(await reader.pendingPictures(101)).toEqual(pictures);
    await writer.confirmPictures(pictures, 0.5, 100);
    expect(await reader.findPictures(ROI)).toEqual(pictures);
    expect(await reader.pendingPictures(101)).toEqual([]);
    expect(await reader.lockedMmPerPx(ROI.recipeId)).toBe(0.5);
  });

  test("none counts when one of them was swept meanwhile, or the scale is another", async () => {
    const { reader, writer } = await openTestStore(open);
    const pictures = ["a.png", "b.png"].map((name) => aPicture(ROI, "ok", name));
    await writer.lockMmPerPx(ROI.recipeId, 0.2, 1);
    await writer.announcePictures(pictures, 100);
    await expect(writer.confirmPictures(pictures, 0.3, 100)).rejects.toMatchObject({ status: 409 });
    await writer.forgetPictures(pictures.slice(1));
    await expect(writer.confirmPictures(pictures, null, 100)).rejects.toMatchObject({
      code: "upload_superseded",
      status: 409,
    });
    expect(await reader.findPictures(ROI)).toEqual([]);
  });

  test("two uploads of one name do not share it", async () => {
    const { writer, reader } = await openTestStore(open);
    const picture = aPicture(ROI, "ok", "a.png");
    await writer.announcePictures([picture], 1);
    const other = [aPicture(ROI, "ok", "0.png"), picture];
    await expect(writer.announcePictures(other, 2)).rejects.toMatchObject({ code: "upload_superseded" });
    expect(await reader.pendingPictures(3)).toEqual([picture]);
  });

  test("pictures found in a folder are taken in, unless they are known already", async () => {
    const { reader, writer } = await openTestStore(open);
    const [known, found] = [aPicture(ROI, "ok", "a.png"), aPicture(ROI, "ok", "b.png")];
    await writer.announcePictures([known], 1);
    await writer.adoptPictures([{ ...known, contentHash: "00" }, found], 2);
    expect(await reader.findPictures(ROI)).toEqual([found]);
    expect(await reader.pendingPictures(3)).toEqual([known]);
  });
});
