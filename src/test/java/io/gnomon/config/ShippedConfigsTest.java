package io.gnomon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.gnomon.Shipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.json.JsonMapper;

/** Every YAML file of the repository: loads, fits the schema, round-trips, shrinks. */
class ShippedConfigsTest {
  private static final Path HOME = Path.of(System.getProperty("gnomon.home", "."));
  private static final Path SCHEMA = HOME.resolve("configs/schema.json");
  private static final int AT_LEAST = 18;

  @TempDir Path folder;

  private static List<Path> shipped() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String top : List.of("configs", "experiments")) {
      if (Files.isDirectory(HOME.resolve(top))) {
        try (Stream<Path> below = Files.walk(HOME.resolve(top))) {
          below.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(files::add);
        }
      }
    }
    assertTrue(files.size() >= AT_LEAST, "found only " + files);
    return files;
  }

  private static Loaded<?> load(Path file) {
    return Shipped.load(file);
  }

  @TestFactory
  Stream<DynamicTest> everyFileLoads() throws IOException {
    return shipped().stream().map(file -> DynamicTest.dynamicTest(name(file), () -> load(file)));
  }

  private static String name(Path file) {
    return HOME.relativize(file).toString();
  }

  @TestFactory
  Stream<DynamicTest> everyFileRoundTrips() throws IOException {
    return shipped().stream()
        .map(file -> DynamicTest.dynamicTest(name(file), () -> roundTrip(load(file).config())));
  }

  private void roundTrip(Object config) throws IOException {
    Class<?> type = config.getClass();
    for (String text :
        List.of(
            ConfigWriter.write((Record) config), ConfigWriter.writeWithComments((Record) config))) {
      Path file = Files.writeString(folder.resolve("resolved.yaml"), text);
      Class<?> read = type.getAnnotation(Kind.class) == null ? type : type.getInterfaces()[0];
      assertEquals(config, ConfigLoader.load(file, read, List.of(), List.of()).config(), text);
    }
  }

  @Test
  void theSchemaIsTheGeneratedOne() throws IOException {
    if (Boolean.getBoolean("gnomon.regenerate")) {
      Files.writeString(SCHEMA, SchemaWriter.write());
    }
    String hint = "configs/schema.json is out of date: run this test with -Dgnomon.regenerate=true";
    assertEquals(SchemaWriter.write(), Files.readString(SCHEMA), hint);
  }

  @TestFactory
  Stream<DynamicTest> everyFileFitsTheSchema() throws IOException {
    Schema schema = schema();
    return shipped().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    name(file),
                    () ->
                        assertEquals(
                            List.of(), schema.validate(json(read(file)), InputFormat.JSON))));
  }

  @Test
  void theSchemaRefusesWhatTheLoaderRefuses() {
    Schema schema = schema();
    assertEquals(List.of(), schema.validate(json(ConfigFiles.GOOD), InputFormat.JSON));
    for (String wrong :
        List.of(
            ConfigFiles.GOOD + "trainig: {}\n",
            ConfigFiles.GOOD + "seed: -1\n",
            ConfigFiles.GOOD + "optimizer: {epsilon: 0}\n",
            ConfigFiles.GOOD + "optimizer: {schedule: cosin}\n",
            ConfigFiles.GOOD.replace("name: t", "score: max"),
            ConfigFiles.GOOD.replace("kind: uniform", "kind: uniform, topics: 3"),
            ConfigFiles.GOOD.replace("{kind: uniform}", "tasks/imdb"),
            ConfigFiles.GOOD.replace("{kind: uniform}", "uniform"))) {
      assertTrue(!schema.validate(json(wrong), InputFormat.JSON).isEmpty(), wrong);
    }
  }

  private static Schema schema() {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(SchemaWriter.write());
  }

  private static String json(String yaml) {
    LoadSettings settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
    return new JsonMapper().writeValueAsString(new Load(settings).loadFromString(yaml));
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }

  @TestFactory
  Stream<DynamicTest> everyFileNamesTheSchema() throws IOException {
    return shipped().stream()
        .map(file -> DynamicTest.dynamicTest(name(file), () -> namesTheSchema(file)));
  }

  private static void namesTheSchema(Path file) throws IOException {
    Path relative = file.resolve("..").normalize().relativize(SCHEMA.normalize());
    String expected = "# yaml-language-server: $schema=" + relative;
    assertEquals(expected, Files.readAllLines(file).get(0));
  }

  @TestFactory
  Stream<DynamicTest> everyExperimentSaysWhatItIs() throws IOException {
    return runnable()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    name(file),
                    () -> {
                      for (String head : List.of("Paper:", "Command:", "Time:", "Outcome:")) {
                        assertTrue(read(file).contains("\n# " + head), head);
                      }
                    }));
  }

  private static Stream<Path> runnable() throws IOException {
    Stream<Path> suites = shipped().stream().filter(file -> file.endsWith("suite.yaml"));
    return Stream.concat(experiments(), suites);
  }

  private static Stream<Path> experiments() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path file : shipped()) {
      if (load(file).config() instanceof ExperimentConfig) {
        found.add(file);
      }
    }
    assertTrue(found.size() >= 3, "found only " + found);
    return found.stream();
  }

  @TestFactory
  Stream<DynamicTest> everyExperimentShrinks() throws IOException {
    return experiments()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    name(file), () -> shrinks((ExperimentConfig) load(file).config())));
  }

  private void shrinks(ExperimentConfig config) throws IOException {
    ExperimentConfig smoke = Smoke.of(config);
    assertTrue(smoke.training().steps() <= 6 && smoke.training().batchSize() <= 4);
    assertTrue(smoke.training().checkpointEvery() < smoke.training().steps());
    assertTrue(smoke.trace().every() <= 2 && smoke.trace().probe() <= 8);
    assertTrue(smoke.sampler().length().max() <= 16);
    assertEquals(config.sampler().getClass(), smoke.sampler().getClass());
    assertEquals(config.objective(), smoke.objective());
    assertEquals(config.teacher(), smoke.teacher());
    roundTrip(smoke); // and is itself a configuration without problems
  }
}
