#!/usr/bin/env bash
# From a file of raw posts to a file of tags in six commands, each timed, beside a language model's server that
# misbehaves; the first is killed with SIGKILL midway and goes on. README.md says what comes of it.
#
#   ./mvnw -q test-compile && experiments/raw-posts/workflow.sh
set -euo pipefail
cd "$(dirname "$0")/../.."

out=results/raw-posts
work=$(mktemp -d)
train=${GNOMON_DATA:-data}/goemotions/original/train.tsv
[ -f "$train" ] || { echo "workflow.sh: expected the GoEmotions training set at $train; name its folder in GNOMON_DATA" >&2; exit 2; }
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir -p "$out"
rm -rf "$out"/labels.* "$out"/seed-1 "$out"/tags.* "$out"/times.tsv

# What is raw: comments of one emotion that is plainly good or bad. The label goes to the server, not to us.
awk -F'\t' -v good=0,1,4,5,8,13,15,17,18,20,21,23 -v bad=2,3,9,10,11,12,14,16,19,24,25 '
  BEGIN { n = split(good, g, ","); for (i = 1; i <= n; i++) label[g[i]] = "positive"
          n = split(bad, b, ","); for (i = 1; i <= n; i++) label[b[i]] = "negative" }
  $2 in label && !seen[$1]++ { print $1 "\t" label[$2] }' "$train" > "$work/hidden.tsv"
cut -f1 "$work/hidden.tsv" > "$work/posts.txt"
head -n 2000 "$work/posts.txt" > "$work/sample.txt"

# A server that knows the hidden labels nine times of ten, takes 200 ms an answer, and meets nine first questions of
# ten with some trouble: slow, 429 with and without Retry-After, 500, an invented label, broken JSON, nothing, a cut
# connection, a page of HTML.
java -cp "target/test-classes:target/classes:target/lib/*" io.gnomon.label.FakeServer 0 trying "$work/hidden.tsv" 200 \
  > "$work/server.txt" 2> /dev/null &
server=$!
until [ -s "$work/server.txt" ]; do sleep 0.2; done
with=$(sed 's/^--with //' "$work/server.txt")
url=${with#*@}

timed() { # NAME COMMAND…
  local name=$1 start end
  shift
  start=$(date +%s.%N)
  "$@"
  end=$(date +%s.%N)
  printf '%s\t%.1f\n' "$name" "$(echo "$end - $start" | bc)" >> "$out/times.tsv"
}

label=(./gnomon label "$work/sample.txt" --with "$with" --task tasks/goemotions-binary --parallel 8 -o "$out/labels.jsonl")

killed() { # the first command, for as long as it takes to have 700 answers
  "${label[@]}" 2> /dev/null &
  local job=$!
  until [ "$(cat "$out/labels.jsonl.answers.jsonl" 2> /dev/null | wc -l)" -gt 700 ]; do sleep 0.1; done
  kill -9 "$job"
  wait "$job" 2> /dev/null || true
}

timed 'label, until it is killed' killed
kept=$(grep -c '"text"' "$out/labels.jsonl.answers.jsonl")
timed 'label --resume' "${label[@]}" --resume --json "$out/labels.report.json"
timed 'inspect' ./gnomon inspect "$out/labels.jsonl" --task tasks/goemotions-binary --within --json "$out/labels.checks.json"
timed 'run' ./gnomon run experiments/raw-posts/student.yaml
timed 'evaluate' ./gnomon evaluate "$out/seed-1" --task tasks/goemotions-binary
timed 'export' ./gnomon export "$out/seed-1" --to onnx
timed 'tag' ./gnomon tag "$out/seed-1/export/onnx-fp32" "$work/posts.txt" --out "$out/tags.jsonl"
curl -s "${url%/v1}/seen" > "$out/server.json"

{ # counted in the files themselves
  printf 'posts\t%s\n' "$(wc -l < "$work/posts.txt")"
  printf 'posts to label\t%s\n' "$(wc -l < "$work/sample.txt")"
  printf 'answers on disk after the kill\t%s\n' "$kept"
  printf 'posts with labels\t%s\n' "$(wc -l < "$out/labels.jsonl")"
  printf 'posts tagged\t%s\n' "$(wc -l < "$out/tags.jsonl")"
} >> "$out/times.tsv"
cat "$out/times.tsv" "$out/server.json"
rm -f "$out/tags.jsonl" "$out/labels.jsonl.answers.jsonl"
