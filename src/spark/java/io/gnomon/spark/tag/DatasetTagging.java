package io.gnomon.spark.tag;

import io.gnomon.config.InputException;
import io.gnomon.serve.Tagger;
import io.gnomon.serve.bulk.InputRow;
import io.gnomon.serve.bulk.Layout;
import io.gnomon.serve.bulk.RowFormat;
import io.gnomon.spark.SparkFailure;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Tags a dataset on Spark. Files are cut by bytes and their rows counted, which tells each row's
 * number; then each task tags whole blocks of a file's rows, in the {@link
 * io.gnomon.serve.bulk.Stretch}es that {@code gnomon tag} makes of the file: on the same kind of
 * processor and as many threads a batch, the rows are the same to the last digit. What is written
 * is in the input's order, from one part of the output to the next.
 */
public final class DatasetTagging {
  private final SparkSession spark;
  private final JavaSparkContext context;
  private final DatasetRequest request;
  private final Configuration hadoop;

  /** A job to be run. */
  public DatasetTagging(SparkSession spark, DatasetRequest request) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.request = request;
    this.hadoop = context.hadoopConfiguration();
  }

  /**
   * How a job ended.
   *
   * @param tagged rows in the output
   * @param rejected rows in the side folder, which is there if there are any
   * @param sideFolder its place
   */
  public record Outcome(long tagged, long rejected, String sideFolder) {}

  /**
   * Runs to the end.
   *
   * @throws InputException when model or files cannot be read, or a folder to be written is there
   */
  public Outcome run() {
    try (Tagger checked = Tagger.load(request.model(), request.options())) {
      requireNew(request.output());
      requireNew(request.sideFolder());
    }
    List<InputFile> files = new InputFiles(hadoop, request.from()).of(request.inputs());
    try {
      return run(files);
    } catch (Exception e) { // of Scala, which declares none
      throw SparkFailure.cause(e);
    }
  }

  private void requireNew(String folder) {
    try {
      Path path = new Path(folder);
      if (path.getFileSystem(hadoop).exists(path)) {
        throw new InputException(
            folder
                + ": expected no such file or folder yet, found one; give another, or delete it");
      }
    } catch (IllegalArgumentException | IOException e) {
      throw FileTrouble.writing(folder, e);
    }
  }

  private Outcome run(List<InputFile> files) {
    Broadcast<SerializableConfiguration> access =
        context.broadcast(new SerializableConfiguration(hadoop));
    Plan plan = Plan.of(count(files, access));
    refuse(plan);
    if (plan.bad() > 0) {
      side(plan, access);
    }
    Layout layout = new Layout(files.size() > 1, request.columns().keep(), true, false);
    SentFolder sent = SentFolder.send(context, request.model());
    ModelCopy model = ModelCopy.of(sent, request.options());
    try {
      write(plan, new Work(access, request.columns(), model, layout));
    } finally {
      model.close();
      sent.forget();
    }
    return new Outcome(plan.rows() - plan.bad(), plan.bad(), request.sideFolder());
  }

  private List<SliceCount> count(
      List<InputFile> files, Broadcast<SerializableConfiguration> access) {
    List<FileSlice> slices =
        files.stream().flatMap(file -> file.slices(request.split()).stream()).toList();
    var columns = request.columns();
    return one(slices)
        .map(slice -> SliceCount.of(slice, new FileRows(access.value().value(), columns)))
        .collect();
  }

  /** A task each. */
  private <T> JavaRDD<T> one(List<T> each) {
    return context.parallelize(each, Math.max(1, each.size()));
  }

  private void refuse(Plan plan) {
    if (plan.rejected().isEmpty()) {
      return;
    }
    InputRow.Rejected first = plan.rejected().get(0);
    if (request.strict()) {
      throw first.refused();
    }
    if (plan.bad() == plan.rows()) {
      throw new InputException(
          first.place()
              + ": "
              + first.cause()
              + "; no row could be read, mend --text, --from or the input");
    }
  }

  private void side(Plan plan, Broadcast<SerializableConfiguration> access) {
    var columns = request.columns();
    JavaRDD<String> lines =
        one(plan.spoilt())
            .mapPartitions(
                portions ->
                    Work.rows(
                        portions.next(),
                        new FileRows(access.value().value(), columns),
                        source ->
                            TaggedRows.stretches(source)
                                .flatMap(stretch -> InputRow.rejected(stretch).stream())
                                .map(InputRow.Rejected::json)));
    text(lines, request.sideFolder());
  }

  private void write(Plan plan, Work work) {
    if (request.to() == RowFormat.JSONL) {
      text(one(plan.portions()).mapPartitions(work::json), request.output());
    } else {
      JavaRDD<Row> rows = one(plan.portions()).mapPartitions(work::table);
      spark
          .createDataFrame(rows, TableRows.schema(work.layout()))
          .write()
          .parquet(request.output());
    }
  }

  private void text(JavaRDD<String> lines, String folder) {
    spark.createDataset(lines.rdd(), Encoders.STRING()).write().text(folder);
  }
}
