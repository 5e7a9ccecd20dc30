package io.gnomon.checkpoint;

import static io.gnomon.checkpoint.Refusals.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokenSafetensorsTest {
  @TempDir Path folder;

  /** Eight bytes of data behind each of these heads. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a': | header is not valid JSON",
        "[1] | header is not a JSON object",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} x | header is not valid JSON",
        "{'a':{},'a':{}} | header is not valid JSON: Duplicate",
        "{'a':7} | tensor a: unknown dtype",
        "{'a':{'dtype':'F31','shape':[2],'data_offsets':[0,8]}} | tensor a: unknown dtype 'F31'; known are [F64, F32,",
        "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}} | tensor a: shape [3] of F32 does not fill its 8 bytes",
        "{'a':{'dtype':'F32','shape':2,'data_offsets':[0,8]}} | tensor a: shape is not a list",
        "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}} | tensor a: shape holds -2",
        "{'a':{'dtype':'F32','shape':[2.5],'data_offsets':[0,8]}} | tensor a: shape holds 2.5",
        "{'a':{'dtype':'F32','shape':[2]}} | tensor a: data_offsets is not a list",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}} | data_offsets [8, 0], expected [begin, end]",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8,9]}} | data_offsets [0, 8, 9]",
        "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,8]}} | does not fill",
        "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}} | truncated: expected",
        "{'a':{'dtype':'F32','shape':[0],'data_offsets':[9223372036854775807,9223372036854775807]}} | are out of range",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | bytes, found",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | tensor a leaves a gap before it",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | tensor b overlaps another",
        "{'__metadata__':{'k':1},'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | __metadata__ 'k' is not a text",
        "{'__metadata__':1,'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | __metadata__ is not an object",
      })
  void eachFaultHasItsWords(String json, String words) throws IOException {
    Path file = folder.resolve("broken.safetensors");
    byte[] head = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + head.length + 8).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(head.length).put(head).array());
    assertMessage(words, () -> SafetensorsFile.open(file));
    assertMessage(file + ": ", () -> SafetensorsFile.open(file));
  }

  @Test
  void somethingElseEntirely() throws IOException {
    Path file = Files.writeString(folder.resolve("x.safetensors"), "PK\u0003\u0004 a zip archive");
    assertMessage("so no safetensors file", () -> SafetensorsFile.open(file));
    assertMessage("found a folder", () -> SafetensorsFile.open(folder));
    assertMessage("no such file", () -> SafetensorsFile.open(folder.resolve("none")));
  }

  @Test
  void everyTruncationIsNamedAsOne() throws IOException {
    byte[] whole = Files.readAllBytes(valid());
    for (int length = 0; length < whole.length; length++) {
      Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
      String expected = "truncated: expected ";
      assertMessage(expected, () -> SafetensorsFile.open(file));
      assertMessage(" bytes, found " + length + ";", () -> SafetensorsFile.open(file));
    }
    Path longer = Files.write(folder.resolve("longer"), Arrays.copyOf(whole, whole.length + 1));
    assertMessage(
        "expected " + whole.length + " bytes, found " + (whole.length + 1),
        () -> SafetensorsFile.open(longer));
  }

  /** One bit turned anywhere in length or header: refused in one line, or still a whole file. */
  @Test
  void noTurnedBitEscapesAsAnotherException() throws IOException {
    byte[] whole = Files.readAllBytes(valid());
    int header = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
    int refused = 0;
    for (int bit = 0; bit < 8 * (8 + header); bit++) {
      byte[] turned = whole.clone();
      turned[bit / 8] ^= (byte) (1 << bit % 8);
      Path file = Files.write(folder.resolve("turned"), turned);
      refused += readsWhole(file) ? 0 : 1;
    }
    assertTrue(refused > 4 * header, "only " + refused + " of " + 8 * header + " were refused");
  }

  private static boolean readsWhole(Path file) {
    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      read.names()
          .forEach(name -> assertEquals(read.info(name).length(), read.bytes(name).limit()));
      return true;
    } catch (InputException e) {
      assertEquals(1, String.valueOf(e.getMessage()).lines().count());
      return false;
    }
  }

  private Path valid() {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    float[] six = {1, 2, 3, 4, 5, 6};
    tensors.put("a.weight", new StoredTensor(StoredType.F32, new long[] {2, 3}, six));
    tensors.put("b.weight", new StoredTensor(StoredType.F16, new long[] {3, 2}, six));
    Path file = folder.resolve("valid.safetensors");
    SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));
    return file;
  }
}
