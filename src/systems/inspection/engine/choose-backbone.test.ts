import { describe, expect, it } from "vitest";
import { chooseBackbone } from "./choose-backbone.ts";
import type { Backbone } from "./port.ts";

const backbone = (id: string, isInstalled: boolean, finestDetail: 1 | 3): Backbone => ({
  id,
  description: "",
  isInstalled,
  ridge: false,
  pixelPercentile: 100,
  finestDetail,
});
const backbones = [backbone("large", false, 1), backbone("whole", true, 1), backbone("built-in", true, 3)];
const codeOf = (code: string) => expect.objectContaining({ code, status: 400 });

describe("chooseBackbone", () => {
  it("takes the first that is installed, or the one that is named", () => {
    expect(chooseBackbone(backbones, "auto").id).toBe("whole");
    expect(chooseBackbone(backbones, "built-in", 3).id).toBe("built-in");
  });

  it("refuses what is unknown, has no weights, or cannot look that finely", () => {
    expect(() => chooseBackbone(backbones, "other")).toThrow(codeOf("backbone_unknown"));
    expect(() => chooseBackbone(backbones, "large")).toThrow(codeOf("weights_missing"));
    expect(() => chooseBackbone(backbones, "auto", 2)).toThrow(codeOf("detail_unsupported"));
  });
});
