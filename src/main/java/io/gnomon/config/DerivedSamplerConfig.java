package io.gnomon.config;

import java.util.List;

/** Inputs that are made of those of other samplers. */
public sealed interface DerivedSamplerConfig extends SamplerConfig
    permits DerivedSamplerConfig.Sharpened,
        DerivedSamplerConfig.Balanced,
        DerivedSamplerConfig.Blend {
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
      implements DerivedSamplerConfig {
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
      implements DerivedSamplerConfig {
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
      implements DerivedSamplerConfig {
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
