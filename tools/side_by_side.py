#!/usr/bin/env python3
"""`gnomon speed` and peer_speed.py in turn on one machine: the teacher, ours beside transformers.

Each turn runs both programs, one behind the other and every second turn the other way round, so that a
machine that slows down does so for both. Ratios are taken within a turn. Leave the machine alone
meanwhile. Needs a built gnomon, torch and transformers.

  python tools/side_by_side.py --teacher shape:tinyllama-1.1b --json side-by-side.json
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

HOME = pathlib.Path(__file__).resolve().parent.parent


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--teacher", default="shape:tinyllama-1.1b", help="a shape that both know")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each program in a turn")
    parser.add_argument("--json", help="write the comparison to this file as well")
    return parser.parse_args()


def measured(command, asked):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "speed.json")
        subprocess.run([*command, "--teacher", asked.teacher, "--rounds", str(asked.rounds), "--json", str(file)],
                       check=True, stdout=subprocess.DEVNULL)
        return json.loads(file.read_text(encoding="utf-8"))


def main():
    asked = arguments()
    programs = {"gnomon": [str(HOME / "gnomon"), "speed"],
                "transformers": [sys.executable, str(HOME / "tools" / "peer_speed.py")]}
    turns = []
    for number in range(asked.turns):
        print(f"turn {number + 1} of {asked.turns}", file=sys.stderr)
        order = list(programs) if number % 2 == 0 else list(reversed(programs))
        turns.append({name: measured(programs[name], asked) for name in order})
    rates = {}
    for turn in turns:
        for program, report in turn.items():
            for way in report["teacher"]:
                rates.setdefault(f"{program}: {way['name']}", []).append(way["samples_per_second"]["median"])
    best = {program: max((name for name in rates if name.startswith(program)),
                         key=lambda name: statistics.median(rates[name])) for program in programs}
    ratios = [ours / peer for ours, peer in zip(rates[best["gnomon"]], rates[best["transformers"]])]
    result = {
        "teacher": asked.teacher, "turns": asked.turns, "rounds": asked.rounds,
        "setting": turns[0]["transformers"]["setting"],
        "machines": {program: turns[0][program].get("provenance") or turns[0][program]["machine"] for program in programs},
        "samples_per_second": {name: {"median": statistics.median(all_), "min": min(all_), "max": max(all_)}
                               for name, all_ in rates.items()},
        "ratio": {"of": best["gnomon"], "to": best["transformers"], "median": statistics.median(ratios),
                  "min": min(ratios), "max": max(ratios)},
    }
    for name, rate in result["samples_per_second"].items():
        print(f"{name:34} {rate['median']:8.2f} samples/s [{rate['min']:.2f}, {rate['max']:.2f}]")
    ratio = result["ratio"]
    print(f"{ratio['of']} is {ratio['median']:.2f} [{ratio['min']:.2f}, {ratio['max']:.2f}] times {ratio['to']}")
    if asked.json:
        pathlib.Path(asked.json).write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
