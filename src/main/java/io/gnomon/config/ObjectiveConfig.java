package io.gnomon.config;

import java.util.List;
import java.util.OptionalInt;

/** What a projection minimises between g and c·h. */
public record ObjectiveConfig(
    @Key(value = "the divergence", byDefault = "generalized-kl") Divergence divergence,
    @Key(value = "coordinates of g and h that count", byDefault = "simplex")
        ComponentConfig component,
    @Key(value = "the coefficient c", byDefault = "{}") CoefficientConfig coefficient) {

  /** The divergences of the paper and their well-posed relatives. */
  public enum Divergence {
    /** Algorithm 1 to the letter: Σ g log(g/(c·h)); unbounded below in c. */
    KL,
    /** KL with its mass terms − g + c·h; minimum at c = Σg/Σh. */
    GENERALIZED_KL,
    /** ‖g − c·h‖², the Hilbert projection itself. */
    L2,
    /** Generalized KL with the roles of g and c·h exchanged. */
    REVERSE_KL,
    /** Jensen–Shannon, with mass terms. */
    JS,
    /** Mean squared difference of centred log-probabilities (logit matching). */
    MSE
  }

  /** Coordinates that count. */
  public sealed interface ComponentConfig
      permits ComponentConfig.Simplex, ComponentConfig.OneClass {
    /**
     * Which of {@code classes} counts alone.
     *
     * @return its place; empty where all of them count, or none has the name
     */
    default OptionalInt index(List<String> classes) {
      int place = this instanceof OneClass one ? classes.indexOf(one.name()) : -1;
      return place < 0 ? OptionalInt.empty() : OptionalInt.of(place);
    }

    /** All K classes. */
    @Kind(value = "simplex", description = "all K classes")
    record Simplex() implements ComponentConfig {}

    /** One class alone, as the paper's IMDB set-up has the positive one. */
    @Kind(value = "class", description = "one class alone")
    record OneClass(@Key("name of the class") String name) implements ComponentConfig {}
  }

  /** The coefficient c of Algorithm 1. */
  public record CoefficientConfig(
      @Key(value = "whether c is learned jointly", byDefault = "true") boolean learn,
      @Key(value = "first value of c", byDefault = "0.5", min = 0, aboveMin = true, max = 1000)
          double init,
      @Key(
              value = "λ of the reward −λc², the paper's suggestion",
              byDefault = "0",
              min = 0,
              max = 1000)
          double reward,
      @Key(
              value =
                  "whether c is instead the closed form of each batch (Eq. 7); then learn and init"
                      + " count for nothing",
              byDefault = "false")
          boolean closedForm) {}
}
