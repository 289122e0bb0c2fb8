"""OpenCV's external contours and areas of a few masks, for src/algorithms/image/regions.test.ts."""
import json, sys
import cv2, numpy as np
rng = np.random.default_rng(5)
def blobs(w, h, sigma, share):
    noise = cv2.GaussianBlur(rng.standard_normal((h, w)).astype(np.float32), (0, 0), sigma)
    return (noise > np.quantile(noise, 1 - share)).astype(np.uint8)
ring = np.zeros((24, 31), np.uint8)
cv2.circle(ring, (14, 12), 10, 1, 2); cv2.circle(ring, (14, 12), 4, 1, -1); cv2.rectangle(ring, (27, 2), (30, 3), 1, -1)
line = np.zeros((9, 12), np.uint8); cv2.line(line, (1, 1), (9, 6), 1, 1); line[8, 11] = 1; line[0, 11] = 1
masks = [ring, line, blobs(40, 30, 1.0, 0.3), blobs(37, 29, 2.0, 0.5), blobs(24, 24, 0.5, 0.5), blobs(33, 21, 1.2, 0.75), np.ones((5, 7), np.uint8)]
cases = []
for m in masks:
    found, _ = cv2.findContours(m, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    cases.append({"width": m.shape[1], "height": m.shape[0], "rows": ["".join("#" if v else "." for v in r) for r in m],
        "contours": [{"area": cv2.contourArea(c), "box": list(cv2.boundingRect(c)), "points": c[:, 0, :].tolist()} for c in found]})
json.dump({"opencv": cv2.__version__, "cases": cases}, open(sys.argv[1], "w"), separators=(",", ":"))
