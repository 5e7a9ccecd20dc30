package io.gnomon.config;

import java.util.List;

/** Where inputs come from: never from text (Section 3.2). */
public sealed interface SamplerConfig
    permits SamplerConfig.Uniform,
        SamplerConfig.Gaussian,
        SamplerConfig.Tokens,
        SamplerConfig.Mixture,
        SamplerConfig.Bursty,
        SamplerConfig.Labelled,
        SamplerConfig.Discourse,
        SamplerConfig.Sharpened,
        SamplerConfig.Balanced,
        SamplerConfig.Blend {
  /** Sequence lengths drawn, in embedding vectors. */
  LengthConfig length();

  /**
   * The same sampler at other lengths. One that is made of others hands its own lengths down to
   * them, so that a resolved configuration shows what is drawn.
   */
  SamplerConfig withLength(LengthConfig other);

  /** Whether the teacher is asked to draw a batch, and not only to answer it. */
  default boolean asksTeacher() {
    return false;
  }

  /** Length of a batch, drawn uniformly from {@code min} to {@code max}, both included. */
  record LengthConfig(
      @Key(value = "shortest sequence", byDefault = "16", min = 1, max = 131_072) int min,
      @Key(value = "longest sequence", byDefault = "64", min = 1, max = 131_072) int max) {}

  /** The prior over token ids. */
  enum Prior {
    /** Every id alike. */
    UNIFORM,
    /** Weight 1/(rank + offset)^exponent, the rank taken from the tokenizer's merge order. */
    ZIPF,
    /**
     * How often the tokenizer's merges say that a token is left: those of Zipf's law for the merge
     * itself, less what later merges made of it.
     */
    MERGES
  }

  /** Every coordinate uniform on [low, high]; the paper has [0, 1]. */
  @Kind(
      value = "uniform",
      description = "every coordinate uniform on [low, high]; the paper's noise")
  record Uniform(
      @Key(value = "sequence lengths", byDefault = "{}") LengthConfig length,
      @Key(value = "smallest coordinate", byDefault = "0") double low,
      @Key(value = "largest coordinate", byDefault = "1") double high)
      implements SamplerConfig {
    @Override
    public Uniform withLength(LengthConfig other) {
      return new Uniform(other, low, high);
    }
  }

  /** Normal vectors with the embedding table's own moments. */
  @Kind(value = "gaussian", description = "normal, matched to the embedding table")
  record Gaussian(
      @Key(value = "sequence lengths", byDefault = "{}") LengthConfig length,
      @Key(value = "moments matched", byDefault = "diagonal") Covariance covariance)
      implements SamplerConfig {
    /** Which second moments are matched. */
    public enum Covariance {
      /** Mean and standard deviation per coordinate. */
      DIAGONAL,
      /** Mean and the full covariance matrix. */
      FULL
    }

    @Override
    public Gaussian withLength(LengthConfig other) {
      return new Gaussian(other, covariance);
    }
  }

  /** Embeddings of random token ids. */
  @Kind(value = "tokens", description = "embeddings of random token ids")
  record Tokens(
      @Key(value = "sequence lengths", byDefault = "{}") LengthConfig length,
      @Key(value = "prior over ids", byDefault = "uniform") Prior prior,
      @Key(value = "exponent of the Zipf prior", byDefault = "1", min = 0, max = 4) double exponent,
      @Key(
              value = "added to the rank in the Zipf prior; large flattens its head",
              byDefault = "2.7",
              min = 0,
              max = 1_000_000)
          double offset)
      implements SamplerConfig {
    @Override
    public Tokens withLength(LengthConfig other) {
      return new Tokens(other, prior, exponent, offset);
    }
  }

  /** Convex combinations of token embeddings. */
  @Kind(value = "mixture", description = "convex combinations of token embeddings")
  record Mixture(
      @Key(value = "sequence lengths", byDefault = "{}") LengthConfig length,
      @Key(value = "tokens combined in one vector", byDefault = "3", min = 1, max = 64)
          int components,
      @Key(
              value = "Dirichlet concentration of the weights; small means near one token",
              byDefault = "0.5",
              min = 0.001,
              max = 100)
          double concentration,
      @Key(value = "prior over ids", byDefault = "zipf") Prior prior,
      @Key(value = "exponent of the Zipf prior", byDefault = "1", min = 0, max = 4) double exponent,
      @Key(
              value = "added to the rank in the Zipf prior; large flattens its head",
              byDefault = "2.7",
              min = 0,
              max = 1_000_000)
          double offset)
      implements SamplerConfig {
    @Override
    public Mixture withLength(LengthConfig other) {
      return new Mixture(other, components, concentration, prior, exponent, offset);
    }
  }

  /** A few tokens drawn once per sequence and repeated among Zipf tokens. */
  @Kind(value = "bursty", description = "a few tokens per sequence, repeated among Zipf tokens")
  record Bursty(
      @Key(value = "sequence lengths", byDefault = "{}") LengthConfig length,
      @Key(
              value = "most tokens a sequence repeats; each draws 1 to this many",
              byDefault = "4",
              min = 1,
              max = 64)
          int topics,
      @Key(
              value =
                  "largest share of positions that repeat; each sequence draws its own from 0 to"
                      + " this",
              byDefault = "0.8",
              min = 0,
              max = 1)
          double share,
      @Key(value = "exponent of the Zipf prior of the rest", byDefault = "1", min = 0, max = 4)
          double exponent,
      @Key(
              value = "added to the rank in the Zipf prior; large flattens its head",
              byDefault = "300",
              min = 0,
              max = 1_000_000)
          double offset)
      implements SamplerConfig {
    @Override
    public Bursty withLength(LengthConfig other) {
      return new Bursty(other, topics, share, exponent, offset);
    }
  }

  /** Tokens near the words of one class, repeated among Zipf tokens. */
  @Kind(
      value = "labelled",
      description = "tokens near one class's label words, repeated among Zipf tokens")
  record Labelled(
      @Key(value = "sequence lengths", byDefault = "{}") LengthConfig length,
      @Key(
              value = "tokens around each label word, by cosine, the word's own among them",
              byDefault = "100",
              min = 1,
              max = 1_000_000)
          int neighbours,
      @Key(
              value = "most tokens a sequence repeats; each draws 1 to this many",
              byDefault = "8",
              min = 1,
              max = 64)
          int topics,
      @Key(
              value =
                  "largest share of positions that repeat; each sequence draws its own from 0 to"
                      + " this",
              byDefault = "0.8",
              min = 0,
              max = 1)
          double share,
      @Key(value = "exponent of the Zipf prior of the rest", byDefault = "1", min = 0, max = 4)
          double exponent,
      @Key(
              value = "added to the rank in the Zipf prior; large flattens its head",
              byDefault = "300",
              min = 0,
              max = 1_000_000)
          double offset)
      implements SamplerConfig {
    @Override
    public Labelled withLength(LengthConfig other) {
      return new Labelled(other, neighbours, topics, share, exponent, offset);
    }
  }

  /** Tokens that lean towards one direction of the embedding table, another in each sequence. */
  @Kind(
      value = "discourse",
      description = "tokens that lean along one direction of the embedding table a sequence")
  record Discourse(
      @Key(value = "sequence lengths", byDefault = "{}") LengthConfig length,
      @Key(
              value =
                  "largest lean, in nats per standard deviation along the direction; each sequence"
                      + " draws its own from 0 to this",
              byDefault = "3",
              min = 0,
              max = 100)
          double strength,
      @Key(
              value = "tokens whose embeddings, with random signs and weights, make a direction",
              byDefault = "2",
              min = 1,
              max = 1024)
          int anchors,
      @Key(
              value = "most tokens a sequence repeats beside; each draws 1 to this many",
              byDefault = "4",
              min = 1,
              max = 64)
          int topics,
      @Key(
              value =
                  "largest share of positions that repeat; each sequence draws its own from 0 to"
                      + " this",
              byDefault = "0",
              min = 0,
              max = 1)
          double share,
      @Key(value = "prior over ids, before the lean", byDefault = "zipf") Prior prior,
      @Key(value = "exponent of the Zipf prior", byDefault = "1", min = 0, max = 4) double exponent,
      @Key(
              value = "added to the rank in the Zipf prior; large flattens its head",
              byDefault = "300",
              min = 0,
              max = 1_000_000)
          double offset)
      implements SamplerConfig {
    @Override
    public Discourse withLength(LengthConfig other) {
      return new Discourse(other, strength, anchors, topics, share, prior, exponent, offset);
    }
  }

  /** Another sampler's sequences, moved until the teacher is surer. */
  @Kind(
      value = "sharpened",
      description = "another sampler's sequences, moved along the teacher's gradient")
  record Sharpened(
      @Key(value = "sequence lengths; those of the sampler below do not count", byDefault = "{}")
          LengthConfig length,
      @Key(value = "the sampler that is refined", byDefault = "{kind: bursty}", part = "samplers")
          SamplerConfig of,
      @Key(value = "steps of gradient ascent", byDefault = "1", min = 1, max = 1000) int steps,
      @Key(
              value =
                  "length of a step: root mean square over a sequence's coordinates, in units of"
                      + " the embedding table's",
              byDefault = "0.5",
              min = 0,
              max = 100,
              aboveMin = true)
          double step,
      @Key(
              value = "whether each vector ends at the nearest embedding of a token",
              byDefault = "false")
          boolean project)
      implements SamplerConfig {
    public Sharpened {
      of = of.withLength(length);
    }

    @Override
    public boolean asksTeacher() {
      return true;
    }

    @Override
    public Sharpened withLength(LengthConfig other) {
      return new Sharpened(other, of, steps, step, project);
    }
  }

  /** Those of another sampler's sequences that spread the teacher's answers evenly. */
  @Kind(
      value = "balanced",
      description = "of another sampler's sequences those that spread the teacher's answers")
  record Balanced(
      @Key(value = "sequence lengths; those of the sampler below do not count", byDefault = "{}")
          LengthConfig length,
      @Key(value = "the sampler chosen from", byDefault = "{kind: bursty}", part = "samplers")
          SamplerConfig of,
      @Key(
              value = "sequences drawn for each that is taken; the teacher answers them all",
              byDefault = "4",
              min = 1,
              max = 1000)
          int candidates)
      implements SamplerConfig {
    public Balanced {
      of = of.withLength(length);
    }

    @Override
    public boolean asksTeacher() {
      return true;
    }

    @Override
    public Balanced withLength(LengthConfig other) {
      return new Balanced(other, of, candidates);
    }
  }

  /** Several samplers, each giving its share of every batch. */
  @Kind(value = "blend", description = "several samplers, each giving its share of every batch")
  record Blend(
      @Key(value = "sequence lengths; those of the parts do not count", byDefault = "{}")
          LengthConfig length,
      @Key(
              value = "the samplers and their shares, at least one",
              byDefault = "[{sampler: {kind: bursty}}, {sampler: {kind: tokens}}]")
          List<Part> parts)
      implements SamplerConfig {
    /** One of several samplers. */
    public record Part(
        @Key(
                value = "share of the sequences, against the sum over all parts",
                byDefault = "1",
                min = 0,
                max = 1_000_000,
                aboveMin = true)
            double weight,
        @Key(value = "the sampler", part = "samplers") SamplerConfig sampler) {}

    public Blend {
      LengthConfig own = length;
      parts =
          parts.stream()
              .map(part -> new Part(part.weight(), part.sampler().withLength(own)))
              .toList();
    }

    @Override
    public boolean asksTeacher() {
      return parts.stream().anyMatch(part -> part.sampler().asksTeacher());
    }

    @Override
    public Blend withLength(LengthConfig other) {
      return new Blend(other, parts);
    }
  }
}
