package io.gnomon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gnomon.config.SamplerConfig.LengthConfig;
import io.gnomon.config.TokenSamplerConfig.Bursty;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts by name, with changes, and overrides from the command line. */
class ReferencesTest {
  @TempDir Path folder;
  private ConfigFiles files;

  @BeforeEach
  void parts() {
    files = new ConfigFiles(folder.toAbsolutePath());
    files.write("configs/samplers/burst.yaml", "kind: bursty\ntopics: 3\nlength: {min: 5}\n");
    files.write("configs/samplers/longer.yaml", "from: samplers/burst\nlength: {max: 31}\n");
  }

  private static String sampler(String value) {
    return ConfigFiles.GOOD.replace("{kind: uniform}", value);
  }

  @Test
  void aReferenceStandsForItsFile() {
    SamplerConfig sampler = files.load(sampler("samplers/burst")).sampler();
    assertEquals(new Bursty(new LengthConfig(5, 64), 3, 0.8, 1, 300), sampler);
  }

  @Test
  void changesAreMergedIntoNestedReferences() {
    String changed = sampler("{from: samplers/longer, topics: 7, length: {min: 11}}");
    assertEquals(
        new Bursty(new LengthConfig(11, 31), 7, 0.8, 1, 300), files.load(changed).sampler());
  }

  @Test
  void setReachesIntoAReference() {
    ExperimentConfig config =
        files.load(
            sampler("samplers/burst"), "sampler.length.max=13", "seed=7", "sampler.share=0.5");
    assertEquals(new Bursty(new LengthConfig(5, 13), 3, 0.5, 1, 300), config.sampler());
    assertEquals(7, config.seed());
  }

  @Test
  void setReplacesAPart() {
    assertEquals(
        new Bursty(new LengthConfig(5, 31), 3, 0.8, 1, 300),
        files.load(ConfigFiles.GOOD, "sampler=samplers/longer").sampler());
  }

  @Test
  void aMistakeInAPartHasThePartsLine() {
    files.write("configs/samplers/burst.yaml", "kind: bursty\ntopics: 0\nlength: {mn: 5}\n");
    assertEquals(
        List.of(
            "configs/samplers/burst.yaml:3: sampler.length.mn: unknown key; allowed: min, max; did"
                + " you mean 'min'?",
            "configs/samplers/burst.yaml:2: sampler.topics: 0; allowed: an integer from 1 to 64"),
        files.problems(sampler("samplers/burst")));
  }

  @Test
  void aChangeThatContradictsThePartHasItsOwnLine() {
    assertEquals(
        List.of("configs/x.yaml:8: sampler.length.min: 90; allowed: at most length.max = 64"),
        files.problems(sampler("{from: samplers/burst, length: {min: 90}}")));
  }

  @Test
  void anotherKindDoesNotHideTheKeysOfTheFirst() {
    assertEquals(
        List.of(
            "configs/samplers/burst.yaml:2: sampler.topics: unknown key; allowed: kind, length,"
                + " low, high"),
        files.problems(sampler("{from: samplers/burst, kind: uniform}")));
  }

  @Test
  void aMissingPartNamesThoseThereAre() {
    assertEquals(
        List.of(
            "configs/x.yaml:8: sampler: no part 'samplers/brust'; allowed: samplers/burst,"
                + " samplers/longer; did you mean 'samplers/burst'?"),
        files.problems(sampler("samplers/brust")).stream().map(ReferencesTest::ownParts).toList());
    assertEquals(
        "did you mean 'samplers/longer'?",
        files.problems(sampler("longer")).get(0).replaceFirst(".*; ", ""));
  }

  /** Without the parts of this repository, which are found behind the test's own. */
  private static String ownParts(String line) {
    return line.replaceFirst("(longer)[^;]*;", "$1;");
  }

  @Test
  void changesToAMissingPartAreStillRead() {
    assertEquals(
        List.of(
            "sampler.from: no part 'samplers/brust'",
            "sampler.length.mx: unknown key",
            "seed: the text 'a'"),
        files
            .problems(
                sampler("{from: samplers/brust, kind: bursty, topics: 5, length: {mx: 3}}"),
                "seed=a")
            .stream()
            .map(line -> line.replaceFirst("^(configs/x.yaml:\\d+|--set [^:]*): ", ""))
            .map(line -> line.replaceFirst(";.*", ""))
            .sorted()
            .toList());
  }

  @Test
  void aPartOfAnotherFolderIsRefused() {
    String problem = files.problems(sampler("tasks/burst")).get(0);
    assertEquals("configs/x.yaml:8: sampler: no part 'tasks/burst'", problem.split(";", 2)[0]);
  }

  @Test
  void aCircleIsShown() {
    files.write("configs/samplers/burst.yaml", "from: samplers/longer\n");
    assertEquals(
        List.of(
            "configs/samplers/burst.yaml:1: sampler.from.from.from: a reference in a circle:"
                + " configs/x.yaml → configs/samplers/longer.yaml → configs/samplers/burst.yaml →"
                + " configs/samplers/longer.yaml; allowed: references that end"),
        files.problems(sampler("{from: samplers/longer}")));
  }

  @Test
  void anExperimentMayStartFromAnother() {
    files.write("configs/paper/base.yaml", ConfigFiles.GOOD);
    ExperimentConfig config = files.load("from: paper/base\nname: z\nobjective: {divergence: l2}");
    assertEquals("z", config.name());
    assertEquals(ObjectiveConfig.Divergence.L2, config.objective().divergence());
  }

  @Test
  void mistakesInOverridesAreShownAsGiven() {
    assertEquals(
        List.of(
            "--set seed: no '='; allowed: --set key.path=value, as --set training.steps=100",
            "--set trainig.steps=3: trainig: unknown key; allowed: name, seed, task, teacher,"
                + " student, sampler, text, objective, optimizer, training, trace, runtime; did you"
                + " mean 'training'?",
            "--set sampler.lenght.max=3: sampler.lenght: unknown key; allowed: kind, length, low,"
                + " high; did you mean 'length'?",
            "--set training.batch_size=4.5: training.batch_size: the decimal 4.5; allowed: an"
                + " integer from 1 to 1000000"),
        files.problems(
            ConfigFiles.GOOD,
            "seed",
            "trainig.steps=3",
            "sampler.lenght.max=3",
            "training.batch_size=4.5"));
  }
}
