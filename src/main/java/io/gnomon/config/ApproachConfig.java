package io.gnomon.config;

import io.gnomon.config.MethodConfig.Lora.Embeddings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One way to classify a task's texts: a row of a suite's table. */
public sealed interface ApproachConfig
    permits ApproachConfig.Teacher,
        ApproachConfig.Constant,
        ApproachConfig.Projection,
        ApproachConfig.Direct,
        ApproachConfig.Distillation,
        ApproachConfig.Synthetic,
        ApproachConfig.Classical,
        ApproachConfig.Taught {
  /** Changes to the suite's experiment for this approach. */
  default Settings set() {
    return Settings.NONE;
  }

  /** Whether a seed decides anything: without, there is one cell a task rather than one a seed. */
  default boolean seeded() {
    return true;
  }

  /** Whether it learns from the task's training texts. */
  default boolean readsTrainingTexts() {
    return true;
  }

  /** Whether it trains the experiment's student, so that all of the experiment decides. */
  default boolean trainsStudent() {
    return false;
  }

  /** The teacher itself. */
  @Kind(value = "teacher", description = "the teacher itself")
  record Teacher() implements ApproachConfig {
    @Override
    public boolean seeded() {
      return false;
    }

    @Override
    public boolean readsTrainingTexts() {
      return false;
    }
  }

  /** The floor: the class shares of the test set, whatever the text. */
  @Kind(value = "constant", description = "the floor: the class shares of the test set itself")
  record Constant() implements ApproachConfig {
    @Override
    public boolean seeded() {
      return false;
    }

    @Override
    public boolean readsTrainingTexts() {
      return false;
    }
  }

  /** Algorithm 1: the teacher cast onto the student without text. */
  @Kind(value = "projection", description = "the teacher cast onto the student, without text")
  record Projection(@Key(value = "changes to the experiment", byDefault = "{}") Settings set)
      implements ApproachConfig {
    @Override
    public boolean readsTrainingTexts() {
      return false;
    }

    @Override
    public boolean trainsStudent() {
      return true;
    }
  }

  /** The student trained on labelled text. */
  @Kind(value = "direct", description = "the student trained on labelled text")
  record Direct(@Key(value = "changes to the experiment", byDefault = "{}") Settings set)
      implements ApproachConfig {
    @Override
    public boolean trainsStudent() {
      return true;
    }
  }

  /** The student trained on the teacher's answers to the training texts. */
  @Kind(
      value = "distillation",
      description = "the student trained on the teacher's answers to text")
  record Distillation(@Key(value = "changes to the experiment", byDefault = "{}") Settings set)
      implements ApproachConfig {
    @Override
    public boolean trainsStudent() {
      return true;
    }
  }

  /** The student trained on the teacher's answers to texts that it wrote itself. */
  @Kind(
      value = "synthetic",
      description = "the student trained on the teacher's answers to texts it wrote itself")
  record Synthetic(
      @Key(value = "changes to the experiment", byDefault = "{}") Settings set,
      @Key(value = "texts sampled from the teacher", byDefault = "2000", min = 1) int texts,
      @Key(
              value =
                  "what the model goes on from, in turn; one with {class} counts once a class; the"
                      + " task's prefix when empty",
              byDefault = "[]")
          List<String> prompts,
      @Key(value = "most tokens of a sampled text", byDefault = "64", min = 1) int maxLength,
      @Key(
              value = "divides the next-token logits",
              byDefault = "1",
              min = 0,
              aboveMin = true,
              max = 100)
          double temperature,
      @Key(
              value = "share of the next-token mass sampled from, likeliest first",
              byDefault = "1",
              min = 0,
              aboveMin = true,
              max = 1)
          double topP,
      @Key(
              "Hugging Face folder of the language model that writes, such as the one that the"
                  + " teacher was adapted from; the teacher itself when absent")
          @Nullable String writer)
      implements ApproachConfig {
    /** The same without saying which folder writes. */
    public Synthetic fromAnywhere() {
      return new Synthetic(set, texts, prompts, maxLength, temperature, topP, null);
    }

    @Override
    public boolean readsTrainingTexts() {
      return false;
    }

    @Override
    public boolean trainsStudent() {
      return true;
    }
  }

  /** What a practitioner would try first. */
  @Kind(value = "classical", description = "a classical learner on features of the text")
  record Classical(
      @Key("what is made of a text") Features features,
      @Key("what learns from it") Learner learner,
      @Key(value = "what it learns to answer", byDefault = "gold") Labels labels)
      implements ApproachConfig {
    /** How a text becomes a vector. */
    public enum Features {
      /** tf-idf of words. */
      TFIDF_WORD,
      /** tf-idf of words and word pairs beside tf-idf of characters. */
      TFIDF_WORD_CHAR,
      /** Words and word pairs, hashed. */
      TWO_GRAM,
      /** Sentence embeddings by MiniLM. */
      EMBEDDINGS
    }

    /** What learns to classify vectors. */
    public enum Learner {
      /** Logistic regression with an L2 penalty, solved to its minimum. */
      LOGISTIC_REGRESSION(false),
      /** Logistic regression by averaged stochastic gradient descent. */
      SGD(true),
      /** Gradient-boosted trees. */
      XGBOOST(false),
      /** Votes of the nearest training texts. */
      NEIGHBOURS(false),
      /** One hidden layer. */
      MLP(true);

      private final boolean seeded;

      Learner(boolean seeded) {
        this.seeded = seeded;
      }

      /** Whether the seed matters; where not, every seed gives the same model. */
      public boolean seeded() {
        return seeded;
      }
    }

    /** Where the labels come from. */
    public enum Labels {
      /** The training set's own. */
      GOLD,
      /** The teacher's answers to it. */
      TEACHER
    }

    @Override
    public boolean seeded() {
      return learner.seeded();
    }
  }

  /** The language model itself adapted to the task on labelled text. */
  @Kind(value = "taught", description = "the language model adapted to the task on labelled text")
  record Taught(
      @Key("what of it is trained") Method method,
      @Key("Hugging Face folder to start from; the experiment's teacher when absent")
          @Nullable String from,
      @Key(value = "rank of the adapter, for lora", byDefault = "16", min = 1, max = 1024) int rank,
      @Key(
              value = "scale of the adapter, for lora: it is added times alpha / rank",
              byDefault = "32",
              min = 0,
              aboveMin = true,
              max = 10_000)
          double alpha,
      @Key(value = "what becomes of the embedding table, for lora", byDefault = "frozen")
          Embeddings embeddings,
      @Key(value = "optimizer steps", byDefault = "1000", min = 1) int steps,
      @Key(value = "texts a step", byDefault = "32", min = 1, max = 100_000) int batchSize,
      @Key(
              value = "learning rate at its peak",
              byDefault = "1e-3",
              min = 0,
              aboveMin = true,
              max = 1)
          double learningRate)
      implements ApproachConfig {
    /** The same without saying which folder it starts from. */
    public Taught fromAnywhere() {
      return new Taught(method, null, rank, alpha, embeddings, steps, batchSize, learningRate);
    }

    /** What of a language model is trained. */
    public enum Method {
      /** An adapter of low rank beside each product. */
      LORA,
      /** Every weight. */
      FULL
    }
  }
}
