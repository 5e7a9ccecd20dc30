package io.gnomon.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript module without parameters as the zip archive that libtorch loads.
 *
 * <p>Such an archive has four entries: a pickle of the (empty) module object, the source text of
 * its class, an empty tuple of constants and the format version. DJL has no bfloat16 and no fused
 * attention of its own; through this door plain Java reaches both.
 */
final class TorchScriptArchive {
  /** The class that the source text must define. */
  static final String CLASS_NAME = "Kernels";

  private static final byte[] EMPTY_TUPLE = {(byte) 0x80, 2, ')', '.'};

  private TorchScriptArchive() {}

  /**
   * Writes the archive named {@code name} with the class {@value #CLASS_NAME} of {@code source}.
   */
  static void write(OutputStream out, String name, String source) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.setMethod(ZipOutputStream.STORED);
    entry(zip, name + "/data.pkl", emptyModule());
    entry(zip, name + "/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
    entry(zip, name + "/constants.pkl", EMPTY_TUPLE);
    entry(zip, name + "/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    zip.finish();
  }

  /** Pickle, protocol 2: {@code __torch__.Kernels()} whose state is {@code {"training": False}}. */
  private static byte[] emptyModule() throws IOException {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.write(new byte[] {(byte) 0x80, 2});
    pickle.write(("c__torch__\n" + CLASS_NAME + "\n").getBytes(StandardCharsets.US_ASCII));
    pickle.write(new byte[] {')', (byte) 0x81, '}', '(', 'X', 8, 0, 0, 0});
    pickle.write("training".getBytes(StandardCharsets.US_ASCII));
    pickle.write(new byte[] {(byte) 0x89, 'u', 'b', '.'});
    return pickle.toByteArray();
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
