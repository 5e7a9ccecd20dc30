#!/usr/bin/env bash
# Writes the first 6,000 comments of GoEmotions' training set that have one of Ekman's emotions, or none, as a labels file:
# the pool to choose from, and the person who labels.
#
#   experiments/grow/pool.sh > pool.jsonl
set -euo pipefail
cd "$(dirname "$0")/../.."
train=${GNOMON_DATA:-data}/goemotions/original/train.tsv
[ -f "$train" ] || { echo "pool.sh: expected the GoEmotions training set at $train; name its folder in GNOMON_DATA" >&2; exit 2; }

# The 28 labels in the order of their numbers, each as Ekman's emotion (ekman_mapping.json of the set).
awk -F'\t' -v ekman='joy joy anger anger joy joy surprise surprise joy sadness anger disgust sadness joy fear joy sadness joy joy fear joy joy surprise joy sadness sadness surprise neutral' '
  BEGIN { split(ekman, name, " ") }
  seen[$1]++ { next }
  { n = split($2, id, ","); one = name[id[1] + 1]
    for (i = 2; i <= n; i++) if (name[id[i] + 1] != one) next
    text = $1; gsub(/\\/, "\\\\", text); gsub(/"/, "\\\"", text)
    printf "{\"row\": %d, \"text\": \"%s\", \"labels\": [\"%s\"], \"by\": \"person\"}\n", ++rows, text, one
    if (rows == 6000) exit }' "$train"
