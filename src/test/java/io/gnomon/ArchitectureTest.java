package io.gnomon;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.conditions.ArchConditions.never;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.conditions.ArchConditions.transitivelyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import io.gnomon.experiment.TrainingSource;
import io.gnomon.projection.Batches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules of the house, each with a guard that it looks at something. */
class ArchitectureTest {
  private static final String ROOT = "io.gnomon.";

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/test-classes/")) // of a profile
          .importPackages("io.gnomon");

  /** What each package may import of this project: the "May import" line of its package-info. */
  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("config", Set.of()),
          Map.entry("tensor", Set.of("config")),
          Map.entry("checkpoint", Set.of("config")),
          Map.entry("importing", Set.of("checkpoint", "config")),
          Map.entry("gguf", Set.of("importing", "checkpoint", "config")),
          Map.entry("tensorflow", Set.of("importing", "checkpoint", "config")),
          Map.entry("geometry", Set.of()),
          Map.entry("provenance", Set.of("tensor")),
          Map.entry("nn", Set.of("tensor", "checkpoint", "config")), // config: its exception
          Map.entry("optimizer", Set.of("nn", "tensor", "config")),
          Map.entry("teacher", Set.of("checkpoint", "nn", "tensor", "config")),
          Map.entry("student", Set.of("teacher", "checkpoint", "nn", "tensor", "config")),
          Map.entry("sampler", Set.of("teacher", "tensor", "config")),
          Map.entry("answer", Set.of("teacher", "checkpoint", "nn", "tensor", "config")),
          Map.entry("objective", Set.of("tensor", "config")),
          Map.entry("trace", Set.of("geometry", "checkpoint", "config")),
          Map.entry("sink", Set.of("trace", "checkpoint", "config")),
          Map.entry("projection", below("trace", "answer")),
          Map.entry("data", Set.of("checkpoint", "config")),
          Map.entry("evaluation", below("data", "projection", "trace")),
          Map.entry("inspect", Set.of("data", "evaluation", "tensor", "config")),
          Map.entry("review", Set.of("inspect", "data", "serve", "checkpoint", "config")),
          Map.entry("teach", below("data", "evaluation", "trace")),
          Map.entry(
              "speed",
              Set.of(
                  "geometry",
                  "sampler",
                  "objective",
                  "student",
                  "teacher",
                  "optimizer",
                  "nn",
                  "provenance",
                  "tensor",
                  "config")),
          Map.entry(
              "grow",
              below(
                  "baseline", "experiment", "evaluation", "data", "projection", "trace", "answer")),
          Map.entry(
              "latency",
              below(
                  "serve",
                  "baseline",
                  "experiment",
                  "evaluation",
                  "data",
                  "projection",
                  "trace",
                  "answer",
                  "provenance")),
          Map.entry(
              "bench",
              below(
                  "latency",
                  "baseline",
                  "experiment",
                  "teach",
                  "evaluation",
                  "data",
                  "projection",
                  "trace",
                  "answer",
                  "provenance")),
          Map.entry(
              "report",
              Set.of(
                  "grow",
                  "bench",
                  "experiment",
                  "evaluation",
                  "inspect",
                  "trace",
                  "geometry",
                  "checkpoint",
                  "config")),
          Map.entry("notebook", Set.of("report", "checkpoint", "config")),
          Map.entry("serve", Set.of("config")), // its exception
          Map.entry(
              "label", Set.of("serve", "evaluation", "teacher", "checkpoint", "tensor", "config")),
          Map.entry(
              "export",
              below("serve", "experiment", "evaluation", "data", "projection", "trace", "answer")),
          Map.entry("reproduce", Set.of("bench", "checkpoint", "config")),
          Map.entry("spark", Set.of("serve", "experiment", "answer", "config")),
          Map.entry(
              "experiment",
              below(
                  "teach",
                  "evaluation",
                  "data",
                  "projection",
                  "sink",
                  "trace",
                  "answer",
                  "provenance")),
          Map.entry(
              "baseline",
              below("experiment", "evaluation", "data", "projection", "trace", "answer")),
          Map.entry(
              "cli",
              below(
                  "baseline",
                  "bench",
                  "export",
                  "inspect",
                  "review",
                  "label",
                  "serve",
                  "spark",
                  "reproduce",
                  "experiment",
                  "latency",
                  "grow",
                  "notebook",
                  "report",
                  "speed",
                  "teach",
                  "evaluation",
                  "data",
                  "projection",
                  "trace",
                  "gguf",
                  "tensorflow",
                  "importing",
                  "answer",
                  "provenance")));

  /** The given packages and all below {@code trace} in the map of DESIGN §2. */
  private static Set<String> below(String... upper) {
    return Stream.concat(
            Arrays.stream(upper),
            Stream.of(
                "objective",
                "sampler",
                "student",
                "teacher",
                "optimizer",
                "geometry",
                "checkpoint",
                "nn",
                "tensor",
                "config"))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Packages that train or sample: no text reaches them. */
  private static final String[] DATA_FREE =
      packages(
          "projection",
          "trace",
          "answer",
          "objective",
          "sampler",
          "student",
          "teacher",
          "optimizer");

  private static final String[] SERVERS = {"io.javalin..", "org.eclipse.jetty.."};

  private static final String[] OF_TEXT =
      packages("data", "evaluation", "inspect", "review", "teach", "baseline", "label");

  private static String[] packages(String... names) {
    return Arrays.stream(names).map(name -> ROOT + name + "..").toArray(String[]::new);
  }

  @Test
  void theImporterSeesTheProgram() {
    assertTrue(OURS.size() > 40, () -> "classes imported: " + OURS.size());
    assertTrue(OURS.stream().noneMatch(type -> type.getName().endsWith("Test")));
  }

  @Test
  void everyPackageHasItsRow() throws IOException {
    assertEquals(new TreeSet<>(MAY_IMPORT.keySet()), packageFolders());
  }

  /** Where the line ends with what lies below, the map may have more than it names. */
  @Test
  void packagesSayWhatTheyMayImport() throws IOException {
    for (String name : packageFolders()) {
      Set<String> allowed = MAY_IMPORT.getOrDefault(name, Set.of());
      String line = mayImportLine(name);
      Set<String> named =
          Pattern.compile("\\{@code (\\w+)}")
              .matcher(line)
              .results()
              .map(found -> found.group(1))
              .collect(Collectors.toCollection(TreeSet::new));
      if (line.contains("below")) {
        assertTrue(allowed.containsAll(named), () -> name + ": " + named + " of " + allowed);
      } else {
        assertEquals(new TreeSet<>(allowed), named, name);
      }
    }
  }

  /** Of a package's description; empty where it has none, as it imports nothing of ours. */
  private static String mayImportLine(String name) throws IOException {
    for (Path root : sourceRoots()) {
      Path info = root.resolve(name).resolve("package-info.java");
      if (Files.exists(info)) {
        String text = Files.readString(info).replaceAll("\\s+(\\* )?", " ");
        Matcher line = Pattern.compile("May import ([^.;]*)").matcher(text);
        return line.find() ? line.group(1) : "";
      }
    }
    return "";
  }

  @TestFactory
  Stream<DynamicTest> dependenciesPointDownwards() {
    return MAY_IMPORT.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> only(row).check(OURS)));
  }

  /** A folder without code yet has nothing to break; one with code must be looked at. */
  private static ArchRule only(Map.Entry<String, Set<String>> row) {
    Set<String> allowed = row.getValue();
    return noClasses()
        .that()
        .resideInAPackage(ROOT + row.getKey() + "..")
        .should()
        .dependOnClassesThat(
            new DescribedPredicate<JavaClass>("are ours and not in " + new TreeSet<>(allowed)) {
              @Override
              public boolean test(JavaClass target) {
                String name = packageOf(target);
                return !name.isEmpty() && !name.equals(row.getKey()) && !allowed.contains(name);
              }
            })
        .allowEmptyShould(!hasCode(row.getKey()));
  }

  @Test
  void theDownwardRuleCanFail() {
    assertThrows(AssertionError.class, () -> only(Map.entry("cli", Set.of())).check(OURS));
  }

  @Test
  void thereAreNoCycles() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void trainingIsDataFree() {
    dataFree(DATA_FREE).check(OURS);
  }

  /**
   * Text reaches the loop as the batches of a baseline, which a projection is never given ({@code
   * Experiment} refuses it): its own source knows the sampler alone.
   */
  @Test
  void onlyTheBaselinesTrainOnText() {
    classes()
        .that()
        .implement(Batches.class)
        .should()
        .resideInAnyPackage(packages("projection", "baseline"))
        .check(OURS);
    classes()
        .that()
        .implement(TrainingSource.class)
        .and()
        .resideOutsideOfPackage("io.gnomon.baseline..")
        .should()
        .haveSimpleName("NoiseSource")
        .andShould(not(dependOnClassesThat(resideInAnyPackage(OF_TEXT))))
        .check(OURS);
  }

  @Test
  void theDataFreeRuleCanFail() {
    assertTrue(OURS.containPackage("io.gnomon.cli"));
    assertThrows(
        AssertionError.class,
        () ->
            classes()
                .that()
                .resideInAPackage("io.gnomon.cli..")
                .should(notReach("io.gnomon.config.."))
                .check(OURS));
  }

  private static ArchRule dataFree(String... from) {
    boolean code = Arrays.stream(from).anyMatch(name -> hasCode(lastName(name)));
    return classes()
        .that()
        .resideInAnyPackage(from)
        .should(notReach(OF_TEXT))
        .because("a projection must not see text (DESIGN §1)")
        .allowEmptyShould(!code);
  }

  private static ArchCondition<JavaClass> notReach(String... packages) {
    return never(
        transitivelyDependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(packages)));
  }

  @Test
  void onlyTheCommandLinePrintsAndExits() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.gnomon.cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(OURS);
    assertTrue(uses("cli", "picocli"));
  }

  @Test
  void onlyGeometryTouchesNd4j() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.gnomon.geometry..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.nd4j..")
        .check(OURS);
    assertTrue(uses("geometry", "org.nd4j"));
  }

  @Test
  void configAndReportNeedNoEngine() {
    needsNoEngine("config", "report", "geometry", "trace", "data", "inspect", "review").check(OURS);
  }

  /** What is compared with a rerun comes from a suite, which runs models: a chain, and no more. */
  @Test
  void theEngineRuleSeesThroughOtherClasses() {
    assertFalse(uses("reproduce", "ai.djl"));
    assertTrue(uses("bench", "ai.djl"));
    assertThrows(AssertionError.class, () -> needsNoEngine("reproduce").check(OURS));
  }

  private static ArchRule needsNoEngine(String... names) {
    return classes()
        .that()
        .resideInAnyPackage(packages(names))
        .should(notReach("ai.djl.."))
        .because("tables are made again without a model, and without libtorch");
  }

  /** What an exported student runs on; libtorch and DJL's engine are not in it. */
  @Test
  void servingNeedsNoEngine() {
    noClasses()
        .that()
        .resideInAPackage("io.gnomon.serve..")
        .should()
        .dependOnClassesThat(
            resideOutsideOfPackages(
                "io.gnomon.serve..",
                "io.gnomon.config..",
                "ai.onnxruntime..",
                "ai.djl.huggingface.tokenizers..",
                "tools.jackson..",
                "org.slf4j..",
                "de.siegmar.fastcsv..",
                "org.duckdb..",
                "org.jspecify..",
                "java..",
                SERVERS[0],
                SERVERS[1]))
        .orShould()
        .dependOnClassesThat(
            resideInAPackage("io.gnomon.config..")
                .and(
                    DescribedPredicate.not(
                        DescribedPredicate.describe("InputException", ArchitectureTest::isInput))))
        .check(OURS);
    assertTrue(uses("serve", "ai.onnxruntime"));
  }

  /** Of what the Maven profile compiles; elsewhere there is nothing to look at. */
  @Test
  void taggingOnSparkNeedsNoEngine() {
    noClasses()
        .that()
        .resideInAPackage("io.gnomon.spark.tag..")
        .should()
        .dependOnClassesThat(
            resideOutsideOfPackages(
                "io.gnomon.spark",
                "io.gnomon.spark.tag..",
                "io.gnomon.serve..",
                "io.gnomon.config",
                "org.apache.spark..",
                "org.apache.hadoop..",
                "org.apache.parquet..",
                "scala..",
                "tools.jackson..",
                "org.slf4j..",
                "org.jspecify..",
                "java.."))
        .allowEmptyShould(!hasCode("spark"))
        .check(OURS);
  }

  /** So that the library does without a web server. */
  @Test
  void onlyTheServerTouchesHttp() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.gnomon.serve.http..", "io.gnomon.review..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SERVERS)
        .check(OURS);
    noClasses()
        .that()
        .resideInAPackage("io.gnomon.serve")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.gnomon.serve.http..")
        .check(OURS);
    assertTrue(uses("serve", "io.javalin"));
  }

  @Test
  void onlyLabelTouchesRemoteModels() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.gnomon.label..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.langchain4j..")
        .check(OURS);
    assertTrue(uses("label", "dev.langchain4j"));
  }

  private static boolean isInput(JavaClass type) {
    return type.getSimpleName().equals("InputException");
  }

  @Test
  void everyClassIsClosed() {
    classes()
        .that(
            new DescribedPredicate<JavaClass>("are concrete classes") {
              @Override
              public boolean test(JavaClass type) {
                return isConcrete(type);
              }
            })
        .should()
        .haveModifier(JavaModifier.FINAL)
        .because("composition is the way to extend here")
        .check(OURS);
  }

  /** Enums are closed by the language, anonymous classes by having no name to extend. */
  private static boolean isConcrete(JavaClass type) {
    return !type.isInterface()
        && !type.isEnum()
        && !type.isAnonymousClass()
        && !type.getSimpleName().equals("package-info")
        && !type.getModifiers().contains(JavaModifier.ABSTRACT)
        && !type.reflect().isSealed();
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Utils?|Helpers?|Managers?|Impl)")
        .because("such a name says nothing")
        .check(OURS);
  }

  @Test
  void everyPackageIsNullMarked() throws IOException, ClassNotFoundException {
    for (String name : packageFolders()) {
      if (name.equals("spark") && !hasCode(name)) {
        continue; // compiled by its Maven profile alone
      }
      Class<?> info = Class.forName(ROOT + name + ".package-info");
      assertTrue(info.isAnnotationPresent(NullMarked.class), name);
    }
  }

  /** The package below the root, such as "config"; empty for what is not ours. */
  private static String packageOf(JavaClass type) {
    String name = type.getBaseComponentType().getPackageName();
    return name.startsWith(ROOT) ? name.substring(ROOT.length()).replaceAll("\\..*", "") : "";
  }

  private static String lastName(String identifier) {
    return identifier.substring(ROOT.length(), identifier.length() - 2);
  }

  private static boolean hasCode(String name) {
    return OURS.stream()
        .anyMatch(
            type -> packageOf(type).equals(name) && !type.getSimpleName().equals("package-info"));
  }

  private static boolean uses(String ours, String theirs) {
    return OURS.stream()
        .filter(type -> packageOf(type).equals(ours))
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .anyMatch(use -> use.getTargetClass().getPackageName().startsWith(theirs));
  }

  private static List<Path> sourceRoots() {
    return Stream.of("main", "spark")
        .map(
            sources ->
                Path.of(
                    System.getProperty("gnomon.home", "."), "src", sources, "java", "io", "gnomon"))
        .toList();
  }

  /** Names of all folders below the root package that hold sources, of either source root. */
  private static Set<String> packageFolders() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path root : sourceRoots()) {
      try (Stream<Path> folders = Files.list(root)) {
        folders
            .filter(Files::isDirectory)
            .map(folder -> folder.getFileName().toString())
            .forEach(names::add);
      }
    }
    return names;
  }
}
