"""Writes colour.json: CIELAB and CIEDE2000 of scikit-image, OKLab after Ottosson's C++, SSIM of scikit-image.

    python3 tests/vectors/regenerate-colour.py > tests/vectors/colour.json
"""
import json
import numpy as np
from skimage.color import deltaE_ciede2000, rgb2lab
from skimage.metrics import structural_similarity

rng = np.random.default_rng(7)
rgb = rng.integers(0, 256, size=(60, 3), dtype=np.uint8)
rgb[:8] = [[0, 0, 0], [255, 255, 255], [128, 128, 128], [255, 0, 0], [0, 255, 0], [0, 0, 255], [1, 1, 1], [3, 0, 1]]
lab = rgb2lab(rgb[None] / 255.0)[0]
other = np.roll(lab, 1, axis=0)

coded = rgb / 255.0
linear = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
lms = np.cbrt(linear @ np.array([
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005]]).T)
oklab = lms @ np.array([
    [0.2104542553, 0.7936177850, -0.0040720468],
    [1.9779984951, -2.4285922050, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.8086757660]]).T

gray = rng.integers(0, 256, size=(24, 31), dtype=np.uint8)
noisy = np.clip(gray.astype(int) + rng.integers(-40, 41, size=gray.shape), 0, 255).astype(np.uint8)
ssim = structural_similarity(gray, noisy, data_range=255, gaussian_weights=True, sigma=1.5, use_sample_covariance=False)

print(json.dumps({
    "rgb": rgb.tolist(),
    "cielab": np.round(lab, 5).tolist(),
    "ciede2000ToPrevious": np.round(deltaE_ciede2000(lab, other), 5).tolist(),
    "oklab": np.round(oklab, 7).tolist(),
    "ssim": {"width": 31, "height": 24, "one": gray.ravel().tolist(), "other": noisy.ravel().tolist(),
             "value": round(float(ssim), 6)},
}))
