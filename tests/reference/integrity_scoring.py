"""The documented scoring formula of integrity, written apart from the TypeScript, over all 2,688 cases.

Source: spec/integrity.md section 2 (contracts/integrity.md, "Analizar Documento").
Usage: python3 tests/reference/integrity_scoring.py tests/vectors/integrity-scores.json
"""
import json
import math
import sys
from decimal import ROUND_HALF_UP, Decimal

ROLES = [("Estudiante", 1.0), ("Docente-investigador", 0.7), ("Coinvestigador externo", 0.6)]
PRODUCTS = [
    ("Ensayo", 0.8), ("Tesis", 1.2), ("Artículo científico", 1.1), ("Informe técnico", 0.9),
    ("Trabajo de curso", 0.9), ("Proyecto de grado", 1.1), ("Otro", 1.0),
]
EVIDENCES = ["estilo_diferente", "defensa_debil", "tiempo_sospechoso", "sin_borradores",
             "referencias_raras", "datos_inconsistentes", "imagenes_sospechosas"]


def score(flags, role, product):
    style, defence, time, drafts, refs, data, images = flags
    dimensions = [
        (style * 0.4 + defence * 0.6) / (0.4 + 0.6),
        (time * 0.5 + drafts * 0.5) / (0.5 + 0.5),
        (refs * 0.4 + data * 0.6) / (0.4 + 0.6),
        images * 1.0 / 1.0,
    ]
    adjusted = [min(d * role * product, 1) for d in dimensions]
    overall = math.trunc((adjusted[0] + adjusted[1] + adjusted[2] + adjusted[3]) / 4 * 100)
    level = "BAJO" if overall < 33 else "MEDIO" if overall < 67 else "ALTO"
    confidence = min(1 - (max(adjusted) - min(adjusted)) + min(0.1 * sum(flags), 0.3), 1)
    rounded = float(Decimal(confidence).quantize(Decimal("0.001"), ROUND_HALF_UP))
    shown = [math.floor(a * 100 + 0.5) for a in adjusted]
    return [overall, level, rounded, *shown]


vectors = []
for role, role_factor in ROLES:
    for product, product_factor in PRODUCTS:
        rows = [score([(mask >> bit) & 1 for bit in range(7)], role_factor, product_factor) for mask in range(128)]
        vectors.append({"role": role, "product": product, "rows": rows})

levels = [row[1] for group in vectors for row in group["rows"]]
counts = {level: levels.count(level) for level in ("BAJO", "MEDIO", "ALTO")}
assert counts == {"BAJO": 1136, "MEDIO": 1379, "ALTO": 173}, counts
with open(sys.argv[1], "w", encoding="utf-8") as out:
    json.dump({"evidences": EVIDENCES, "groups": vectors}, out, ensure_ascii=False, separators=(",", ":"))
print(f"{len(levels)} vectors, {counts}")
