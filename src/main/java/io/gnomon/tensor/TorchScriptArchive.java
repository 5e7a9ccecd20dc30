package io.gnomon.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript module as the zip archive that libtorch loads.
 *
 * <p>Such an archive has a pickle of the module object, the source text of its class, an empty
 * tuple of constants and the format version; each tensor that the object holds is an entry of its
 * own, and files that go along stand below {@code extra/}. DJL has no bfloat16 and no fused
 * attention of its own; through this door plain Java reaches both.
 */
public final class TorchScriptArchive {
  /** The class that the source text of kernels must define. */
  static final String CLASS_NAME = "Kernels";

  private static final byte[] EMPTY_TUPLE = {(byte) 0x80, 2, ')', '.'};

  private TorchScriptArchive() {}

  /** Element types of tensors. */
  public enum Type {
    /** float32. */
    FLOAT("FloatStorage"),
    /** int64. */
    LONG("LongStorage");

    private final String storage;

    Type(String storage) {
      this.storage = storage;
    }
  }

  /** Writes bytes; asked twice, for the zip format wants their checksum first. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of them. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * A tensor that the module holds.
   *
   * @param name of the attribute, which the source declares as a Tensor
   * @param shape row-major
   * @param content its elements, little-endian
   */
  public record Held(String name, Type type, List<Long> shape, Content content) {
    /** Copies the shape. */
    public Held {
      shape = List.copyOf(shape);
    }

    long elements() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }
  }

  /**
   * Writes the archive named {@code name} with the class {@value #CLASS_NAME} of {@code source},
   * which holds no tensor.
   */
  static void write(OutputStream out, String name, String source) throws IOException {
    write(out, name, CLASS_NAME, source, List.of(), Map.of());
  }

  /**
   * Writes the archive named {@code name}.
   *
   * @param className the class that {@code source} defines
   * @param extra files that go along, by name
   */
  public static void write(
      OutputStream out,
      String name,
      String className,
      String source,
      List<Held> tensors,
      Map<String, String> extra)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.setMethod(ZipOutputStream.STORED);
    entry(zip, name + "/data.pkl", module(className, tensors));
    entry(zip, name + "/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
    entry(zip, name + "/constants.pkl", EMPTY_TUPLE);
    entry(zip, name + "/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < tensors.size(); i++) {
      Held tensor = tensors.get(i);
      int bytes = tensor.type() == Type.FLOAT ? Float.BYTES : Long.BYTES;
      entry(zip, name + "/data/" + i, tensor.elements() * bytes, tensor.content());
    }
    for (Map.Entry<String, String> file : extra.entrySet()) {
      entry(
          zip, name + "/extra/" + file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
    }
    zip.finish();
  }

  /** Pickle, protocol 2: {@code __torch__.CLASS()} whose state is "training" and the tensors. */
  private static byte[] module(String className, List<Held> tensors) throws IOException {
    Pickle pickle = new Pickle();
    pickle.global("__torch__", className).op(')', 0x81).op('}', '(');
    pickle.text("training").op(0x89); // False
    for (int i = 0; i < tensors.size(); i++) {
      pickle.text(tensors.get(i).name());
      tensor(pickle, tensors.get(i), i);
    }
    return pickle.op('u', 'b').end();
  }

  /** {@code torch._utils._rebuild_tensor_v2(storage, 0, shape, strides, False, OrderedDict())}. */
  private static void tensor(Pickle pickle, Held tensor, int number) throws IOException {
    pickle.global("torch._utils", "_rebuild_tensor_v2").op('(');
    pickle.op('(').text("storage").global("torch", tensor.type().storage);
    pickle.text(Integer.toString(number)).text("cpu").integer(tensor.elements()).op('t', 'Q');
    pickle.integer(0).integers(tensor.shape()).integers(strides(tensor.shape())).op(0x89);
    pickle.global("collections", "OrderedDict").op(')', 'R').op('t', 'R');
  }

  private static List<Long> strides(List<Long> shape) {
    Long[] strides = new Long[shape.size()];
    long step = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      strides[axis] = step;
      step *= shape.get(axis);
    }
    return List.of(strides);
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    entry(zip, name, content.length, out -> out.write(content));
  }

  private static void entry(ZipOutputStream zip, String name, long size, Content content)
      throws IOException {
    CRC32 crc = new CRC32();
    try (OutputStream counted = new CheckedOutputStream(OutputStream.nullOutputStream(), crc)) {
      content.writeTo(counted);
    }
    ZipEntry entry = new ZipEntry(name);
    entry.setSize(size);
    entry.setCompressedSize(size);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    content.writeTo(zip);
    zip.closeEntry();
  }

  /** Opcodes of Python's pickle, protocol 2. */
  private static final class Pickle {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Pickle() {
      op(0x80, 2);
    }

    Pickle op(int... codes) {
      for (int code : codes) {
        bytes.write(code);
      }
      return this;
    }

    Pickle global(String module, String name) {
      return op('c').raw((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    Pickle text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      return op('X').little(utf8.length, Integer.BYTES).raw(utf8);
    }

    /** LONG1 of eight bytes, whatever the size. */
    Pickle integer(long value) {
      return op(0x8a, Long.BYTES).little(value, Long.BYTES);
    }

    Pickle integers(List<Long> values) {
      op('(');
      values.forEach(this::integer);
      return op('t');
    }

    private Pickle little(long value, int count) {
      for (int i = 0; i < count; i++) {
        bytes.write((int) (value >>> (Byte.SIZE * i)));
      }
      return this;
    }

    private Pickle raw(byte[] content) {
      bytes.writeBytes(content);
      return this;
    }

    byte[] end() {
      return op('.').bytes.toByteArray();
    }
  }
}
