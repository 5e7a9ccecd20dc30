#!/usr/bin/env python3
"""The work of `gnomon speed` done with transformers, for a side-by-side on the same machine.

A Llama of a named shape with random weights answers batches of embedded inputs behind one prefix:

  plain fp32, plain bf16   prefix and input together, logits of the whole vocabulary at all positions
  cached fp32, cached bf16 keys and values of the prefix computed once, logits of the last position only

All with scaled_dot_product_attention, under inference_mode, in interleaved rounds after one that warms
up. Needs torch and transformers; nothing in the build does.

  python tools/peer_speed.py --teacher shape:tinyllama-1.1b --json peer.json
"""

import argparse
import json
import statistics
import sys
import time

import torch
import transformers
from transformers import DynamicCache, LlamaConfig, LlamaForCausalLM

# As io.gnomon.speed.NamedShapes has them.
SHAPES = {
    "pocket": dict(vocab_size=8192, hidden_size=128, num_hidden_layers=2, num_attention_heads=4,
                   num_key_value_heads=4, intermediate_size=344, max_position_embeddings=512,
                   tie_word_embeddings=True),
    "stories15m": dict(vocab_size=32000, hidden_size=288, num_hidden_layers=6, num_attention_heads=6,
                       num_key_value_heads=6, intermediate_size=768, max_position_embeddings=256,
                       tie_word_embeddings=True),
    "tinyllama-1.1b": dict(vocab_size=32000, hidden_size=2048, num_hidden_layers=22, num_attention_heads=32,
                           num_key_value_heads=4, intermediate_size=5632, max_position_embeddings=2048,
                           tie_word_embeddings=False),
    "llama-2-7b": dict(vocab_size=32000, hidden_size=4096, num_hidden_layers=32, num_attention_heads=32,
                       num_key_value_heads=32, intermediate_size=11008, max_position_embeddings=4096,
                       tie_word_embeddings=False),
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--teacher", default="shape:tinyllama-1.1b", help="shape:NAME, one of " + ", ".join(SHAPES))
    parser.add_argument("--prefix", type=int, default=32)
    parser.add_argument("--length", type=int, default=64)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--device", default="cpu", help="cpu or cuda:N")
    parser.add_argument("--threads", type=int, default=0, help="0 leaves the choice to torch")
    parser.add_argument("--json", help="write the measurements to this file as well")
    found = parser.parse_args()
    name = found.teacher.removeprefix("shape:")
    if name not in SHAPES:
        parser.error(f"--teacher: expected shape: and one of {', '.join(SHAPES)}, found {found.teacher}")
    if min(found.prefix, found.length, found.batch, found.rounds) < 1:
        parser.error("--prefix, --length, --batch, --rounds: expected 1 or more")
    return found, name


def build(name, dtype, device):
    """Weights of one seed: those of bf16 are the others, rounded."""
    torch.manual_seed(20231)
    config = LlamaConfig(rms_norm_eps=1e-5, attn_implementation="sdpa", **SHAPES[name])
    with torch.device("meta"):
        model = LlamaForCausalLM(config)
    model = model.to_empty(device=device).to(dtype)
    with torch.no_grad():
        for key, weight in model.named_parameters():
            if "norm" in key:
                weight.fill_(1)
            else:
                weight.normal_(0, 0.7 / config.hidden_size**0.5)
    # Buffers were left empty by the meta device.
    model.model.rotary_emb = type(model.model.rotary_emb)(config, device=device)
    model.tie_weights()
    return model.eval()


def plain(model, prefix, x):
    whole = torch.cat([prefix.expand(x.shape[0], -1, -1), x], 1)
    return model(inputs_embeds=whole, use_cache=False).logits[:, -1].float()


def remember(model, prefix):
    cache = DynamicCache(config=model.config)
    model.model(inputs_embeds=prefix, past_key_values=cache, use_cache=True)
    return [(layer.keys, layer.values) for layer in cache.layers]


def cached(model, remembered, x):
    cache = DynamicCache(config=model.config)
    for index, (keys, values) in enumerate(remembered):
        rows = x.shape[0]
        cache.update(keys.expand(rows, -1, -1, -1), values.expand(rows, -1, -1, -1), index)
    # Not logits_to_keep=1: its slice stays a view of three dimensions, for which torch copies the
    # head once a row on a CPU, and that takes longer than all layers together.
    hidden = model.model(inputs_embeds=x, past_key_values=cache, use_cache=True).last_hidden_state
    return model.lm_head(hidden[:, -1].contiguous()).float()


def spread(values):
    return {"median": statistics.median(values), "min": min(values), "max": max(values)}


def main():
    asked, name = arguments()
    if asked.threads:
        torch.set_num_threads(asked.threads)
    device = torch.device(asked.device)
    generator = torch.Generator().manual_seed(7)
    width = SHAPES[name]["hidden_size"]
    prefix = torch.randn(1, asked.prefix, width, generator=generator).to(device)
    x = torch.randn(asked.batch, asked.length, width, generator=generator).to(device)
    with torch.inference_mode():
        wide = build(name, torch.float32, device)
        narrow = build(name, torch.bfloat16, device)
        remembered = remember(narrow, prefix.bfloat16())
        ways = {
            "plain fp32": lambda: plain(wide, prefix, x),
            "plain bf16": lambda: plain(narrow, prefix.bfloat16(), x.bfloat16()),
            "cached bf16": lambda: cached(narrow, remembered, x.bfloat16()),
        }
        seconds = {way: [] for way in ways}
        answers = {}
        for number in range(asked.rounds + 1):
            print("warming up" if number == 0 else f"round {number} of {asked.rounds}", file=sys.stderr)
            order = list(ways) if number % 2 == 0 else list(reversed(ways))
            for way in order:
                start = time.perf_counter()
                # One number read waits for the device.
                answers[way] = ways[way]()
                answers[way][0, 0].item()
                if number > 0:
                    seconds[way].append(time.perf_counter() - start)
    report = {
        "machine": {"device": asked.device, "threads": torch.get_num_threads(),
                    "torch": torch.__version__, "transformers": transformers.__version__},
        "setting": {"teacher": asked.teacher, "prefix": asked.prefix, "length": asked.length,
                    "batch": asked.batch, "rounds": asked.rounds},
        "teacher": [],
    }
    print(f"{asked.teacher}: prefix {asked.prefix}, length {asked.length}, batch {asked.batch},"
          f" {torch.get_num_threads()} threads, torch {torch.__version__}")
    for way, taken in seconds.items():
        rate = spread([asked.batch / one for one in taken])
        ratios = [first / one for first, one in zip(seconds["plain fp32"], taken)]
        # The cached way and the plain one answer alike; the others only differ by rounding.
        words = [(k + 1) * SHAPES[name]["vocab_size"] // 5 for k in range(4)]
        first = answers["plain fp32"][:, words].softmax(-1)
        difference = (answers[way][:, words].softmax(-1) - first).abs().max().item()
        report["teacher"].append({"name": way, "seconds": spread(taken), "samples_per_second": rate,
                                  "ratio": statistics.median(ratios), "largest_difference": difference})
        print(f"  {way:12} {rate['median']:8.2f} samples/s [{rate['min']:.2f}, {rate['max']:.2f}]"
              f"  {statistics.median(ratios):.2f}x  difference {difference:.1e}")
    if asked.json:
        with open(asked.json, "w", encoding="utf-8") as file:
            json.dump(report, file, indent=2)
            file.write("\n")


if __name__ == "__main__":
    main()
