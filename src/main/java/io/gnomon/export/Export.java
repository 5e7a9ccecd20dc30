package io.gnomon.export;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.checkpoint.Sha256;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.experiment.RunFolder;
import io.gnomon.export.ExportRequest.Target;
import io.gnomon.serve.LabelFile;
import io.gnomon.serve.StudentFile;
import io.gnomon.serve.Tagger;
import io.gnomon.serve.TaggerOptions;
import io.gnomon.student.Student;
import io.gnomon.teacher.EmbeddingSpace;
import io.gnomon.teacher.Tokenizer;
import io.gnomon.tensor.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Exports a run's student as a folder that stands alone: the model, {@code tokenizer.json}, {@code
 * labels.json} and a model card, {@code README.md}. It is written aside, checked by {@link Gate},
 * and renamed; a student that does not pass leaves nothing behind.
 */
public final class Export {
  private static final String TOKENIZER = "tokenizer.json";
  private static final String CARD = "README.md";
  private static final String MODEL = "model.";

  private final ExportRequest request;
  private final ExportListener listener;
  private final RunFolder run;
  private final ExperimentConfig config;
  private final EmbeddingSpace space;
  private final Student student;
  private final NDManager manager;

  private Export(
      ExportRequest request,
      ExportListener listener,
      ExperimentConfig config,
      EmbeddingSpace space,
      Student student,
      NDManager manager) {
    this.request = request;
    this.listener = listener;
    this.run = new RunFolder(request.run());
    this.config = config;
    this.space = space;
    this.student = student;
    this.manager = manager;
  }

  /**
   * Exports.
   *
   * @throws io.gnomon.config.InputException when the run has no student, the teacher is another
   *     than it was cast from, or a file cannot be read or written
   * @throws GateException when the export does not answer as the student does
   */
  public static ExportOutcome run(ExportRequest request, ExportListener listener) {
    RunFolder folder = RunFolder.existing(request.run());
    folder.requireFinished();
    ExperimentConfig config = ConfigLoader.experiment(folder.config(), List.of()).config();
    Devices.threads(config.runtime().threads());
    try (EmbeddingSpace space = EmbeddingSpace.open(config.teacher().path(), Device.cpu());
        NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        Student student = Student.load(manager, folder.student())) {
      Student.requireTeacher(folder.student(), space.sha256());
      return new Export(request, listener, config, space, student, manager).run();
    }
  }

  private ExportOutcome run() {
    VocabularyChoice.Kept kept = request.vocabulary().of(space);
    Graph graph = StudentGraph.of(student, space.embeddings(), kept.rows());
    int longest = student.shape().longest();
    LabelFile labels = labels(Math.min(longest, maxLength()));
    try (StagedFolder staged = new StagedFolder(request.folder())) {
      Path folder = staged.path();
      listener.note("writing %s, %,d numbers".formatted(request.folder(), graph.elements()));
      AtomicFiles.writeString(folder.resolve(TOKENIZER), kept.json());
      AtomicFiles.writeString(folder.resolve(LabelFile.NAME), labels.json());
      write(folder, graph, metadata(kept, longest));
      GateReport report = check(folder, labels, kept);
      ModelCard card = new ModelCard(run, config, request, labels, kept.rows(), space.folder());
      AtomicFiles.writeString(folder.resolve(CARD), card.text(report));
      long model = bytes(folder, MODEL);
      long all = bytes(folder, "");
      staged.publish();
      return new ExportOutcome(request.folder(), model, all, report);
    }
  }

  /** As the run's texts were read, or as it is asked for, and no longer than a prompt allows. */
  private int maxLength() {
    int traced = TextLength.of(config);
    return Math.min(request.maxLength().orElse(traced), space.room(config.task()));
  }

  private LabelFile labels(int maxLength) {
    return new LabelFile(
        config.task().name(),
        student.shape().multiLabel(),
        student.shape().classes(),
        TunedThresholds.of(run, config.task()),
        maxLength,
        request.precision().key());
  }

  private void write(Path folder, Graph graph, Map<String, String> metadata) {
    if (request.target() == Target.ONNX) {
      OnnxFile.write(folder, graph, request.precision(), metadata, OnnxFile.LARGEST);
    } else {
      TorchScriptFile.write(folder, graph, metadata);
    }
  }

  /** What goes along inside the model: all that says where it came from. */
  private Map<String, String> metadata(VocabularyChoice.Kept kept, int longest) {
    StudentFile file =
        new StudentFile(
            student.shape().multiLabel(),
            student.shape().classes(),
            longest,
            request.precision().key(),
            Sha256.ofText(kept.json()));
    Map<String, String> entries = new LinkedHashMap<>(file.entries());
    entries.put("gnomon.task", config.task().name());
    entries.put("gnomon.teacher", config.teacher().path());
    entries.put("gnomon.teacher_sha256", space.sha256());
    entries.put("gnomon.student_sha256", Sha256.of(run.student().resolve("student.safetensors")));
    entries.put("gnomon.vocabulary", request.vocabulary().describe());
    entries.put("gnomon.rows", Integer.toString(kept.rows().size()));
    entries.put("gnomon.config", read(run.config()));
    entries.put("gnomon.provenance", read(run.provenance()));
    entries.put("gnomon.metrics", read(run.metrics()));
    return entries;
  }

  private GateReport check(Path folder, LabelFile labels, VocabularyChoice.Kept kept) {
    int threads = config.runtime().threads();
    Gate gate =
        new Gate(
            new StudentAnswers(student, space.embeddings(), manager),
            new LabelDecisions(labels),
            request.precision(),
            labels.maxLength());
    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      GateTexts texts =
          GateTexts.of(
              config.task(), labels.labels(), tokenizer, request.limit(), labels.maxLength());
      listener.note(
          "checking it on %d texts and %d of the task's"
              .formatted(texts.list().size(), texts.task().size()));
      Optional<Tokenizer> whole =
          kept.rows().isAll() ? Optional.empty() : Optional.of(space.tokenizer());
      if (request.target() == Target.TORCHSCRIPT) {
        try (Answering exported = new TorchScriptAnswers(folder)) {
          return gate.check(texts, tokenizer, whole, exported, Optional.empty());
        }
      }
      try (Answering exported = new OnnxAnswers(folder, threads);
          Tagger tagger = Tagger.load(folder, TaggerOptions.defaults().withThreads(threads))) {
        return gate.check(texts, tokenizer, whole, exported, Optional.of(tagger::probabilities));
      }
    }
  }

  private static String read(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }

  private static long bytes(Path folder, String start) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith(start))
          .mapToLong(Export::size)
          .sum();
    } catch (IOException e) {
      throw FileProblem.reading(folder, e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }
}
