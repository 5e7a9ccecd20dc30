"""Blocks of random bytes of every GGUF type that gnomon reads, and what the gguf package makes of them.

Makes src/test/resources/io/gnomon/gguf/blocks.json:

    pip install gguf && python tools/golden_gguf.py src/test/resources/io/gnomon/gguf/blocks.json
"""

import json
import sys
from importlib.metadata import version

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType, quants

TYPES = ["Q4_0", "Q8_0", "Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K", "IQ2_XXS"]
# Where each type has its binary16 scales: random bytes there would often be NaN or infinite.
SCALES = {"Q4_0": [0], "Q8_0": [0], "Q2_K": [80, 82], "Q3_K": [108], "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208],
          "IQ2_XXS": [0]}
BLOCKS = 2


def main(target):
    random = np.random.default_rng(19)
    golden = {"producer": f"gguf {version('gguf')}, numpy {np.__version__}", "types": {}}
    for name in TYPES:
        kind = GGMLQuantizationType[name]
        _, size = GGML_QUANT_SIZES[kind]
        stored = random.integers(0, 256, (BLOCKS, size), dtype=np.uint8)
        for at in SCALES[name]:
            scale = random.normal(0, 0.1, (BLOCKS, 1)).astype(np.float16)
            stored[:, at:at + 2] = scale.view(np.uint8)
        values = quants.dequantize(stored.reshape(1, -1), kind).astype(np.float32)
        golden["types"][name] = {
            "stored": stored.tobytes().hex(),
            "values": [float(str(v)) for v in values.ravel()],
        }
    with open(target, "w", encoding="utf-8") as out:
        json.dump(golden, out, separators=(",", ":"))
        out.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
