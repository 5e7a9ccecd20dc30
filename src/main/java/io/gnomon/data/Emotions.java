package io.gnomon.data;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;

/**
 * GoEmotions' 28 labels and their two groupings as its official files have them (Demszky et al.
 * 2020), for folders that hold the rows alone.
 */
final class Emotions {
  /** A label, and a group of its own in both groupings. */
  static final String NEUTRAL = "neutral";

  /** The labels in the order of their ids. */
  static final List<String> LABELS =
      List.of(
          "admiration",
          "amusement",
          "anger",
          "annoyance",
          "approval",
          "caring",
          "confusion",
          "curiosity",
          "desire",
          "disappointment",
          "disapproval",
          "disgust",
          "embarrassment",
          "excitement",
          "fear",
          "gratitude",
          "grief",
          "joy",
          "love",
          "nervousness",
          "optimism",
          "pride",
          "realization",
          "relief",
          "remorse",
          "sadness",
          "surprise",
          NEUTRAL);

  static final Map<String, List<String>> EKMAN =
      Map.ofEntries(
          entry("anger", List.of("anger", "annoyance", "disapproval")),
          entry("disgust", List.of("disgust")),
          entry("fear", List.of("fear", "nervousness")),
          entry(
              "joy",
              List.of(
                  "joy",
                  "amusement",
                  "approval",
                  "excitement",
                  "gratitude",
                  "love",
                  "optimism",
                  "relief",
                  "pride",
                  "admiration",
                  "desire",
                  "caring")),
          entry(
              "sadness", List.of("sadness", "disappointment", "embarrassment", "grief", "remorse")),
          entry("surprise", List.of("surprise", "realization", "confusion", "curiosity")));

  static final Map<String, List<String>> SENTIMENT =
      Map.of(
          "positive",
          List.of(
              "admiration",
              "amusement",
              "approval",
              "caring",
              "desire",
              "excitement",
              "gratitude",
              "joy",
              "love",
              "optimism",
              "pride",
              "relief"),
          "negative",
          List.of(
              "anger",
              "annoyance",
              "disappointment",
              "disapproval",
              "disgust",
              "embarrassment",
              "fear",
              "grief",
              "nervousness",
              "remorse",
              "sadness"),
          "ambiguous",
          List.of("confusion", "curiosity", "realization", "surprise"));

  private Emotions() {}
}
