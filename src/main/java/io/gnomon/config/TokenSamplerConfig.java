package io.gnomon.config;

/** Inputs that are made of token embeddings. */
public sealed interface TokenSamplerConfig extends SamplerConfig
    permits TokenSamplerConfig.Tokens,
        TokenSamplerConfig.Mixture,
        TokenSamplerConfig.Bursty,
        TokenSamplerConfig.Labelled,
        TokenSamplerConfig.Salient,
        TokenSamplerConfig.Discourse {
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
      implements TokenSamplerConfig {
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
      implements TokenSamplerConfig {
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
      implements TokenSamplerConfig {
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
      implements TokenSamplerConfig {
    @Override
    public Labelled withLength(LengthConfig other) {
      return new Labelled(other, neighbours, topics, share, exponent, offset);
    }
  }

  /** Tokens that the teacher itself takes for one class, repeated among Zipf tokens. */
  @Kind(
      value = "salient",
      description = "tokens that the teacher takes for one class, repeated among Zipf tokens")
  record Salient(
      @Key(value = "sequence lengths", byDefault = "{}") LengthConfig length,
      @Key(
              value =
                  "most tokens that the teacher is asked about before the first batch, evenly spread"
                      + " over the tokenizer's merge order; these are the ones that repeat",
              byDefault = "32768",
              min = 1,
              max = 1_000_000)
          int probes,
      @Key(
              value = "times that a token stands in the sequence by which it is asked about",
              byDefault = "8",
              min = 1,
              max = 1024)
          int copies,
      @Key(
              value =
                  "power of the teacher's probability of a class by which a token is drawn for it; 0"
                      + " draws all alike",
              byDefault = "2",
              min = 0,
              max = 50)
          double sharpness,
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
      implements TokenSamplerConfig {
    @Override
    public boolean asksTeacher() {
      return true;
    }

    @Override
    public Salient withLength(LengthConfig other) {
      return new Salient(other, probes, copies, sharpness, topics, share, exponent, offset);
    }

    /** The same, asking about at most {@code count} tokens. */
    Salient withProbes(int count) {
      return new Salient(length, count, copies, sharpness, topics, share, exponent, offset);
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
      implements TokenSamplerConfig {
    @Override
    public Discourse withLength(LengthConfig other) {
      return new Discourse(other, strength, anchors, topics, share, prior, exponent, offset);
    }
  }
}
