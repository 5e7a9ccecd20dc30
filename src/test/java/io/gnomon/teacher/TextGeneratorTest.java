package io.gnomon.teacher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import io.gnomon.Golden;
import io.gnomon.Messages;
import io.gnomon.TinyTeacher;
import io.gnomon.config.InputException;
import io.gnomon.tensor.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text written step by step, against the same model run anew over the whole text each time. */
class TextGeneratorTest {
  @TempDir Path folder;

  @Test
  void storiesContinuesAsTheReference() throws IOException {
    Golden golden = Golden.require("models/stories15M");
    long[] expected = golden.row("greedy_24");
    try (LanguageModel model = load(golden.folder(), Precision.FP32)) {
      long[] prompt = Arrays.copyOf(expected, expected.length - 24);
      TextGenerator generator = new TextGenerator(model, Generation.greedy(24));
      for (long[] written : generator.write(prompt, 3, 1)) {
        assertArrayEquals(expected, join(prompt, written));
      }
    }
  }

  /** Grouped heads, a head size of its own, biases and scaled rotation, each in one of them. */
  @ParameterizedTest
  @ValueSource(strings = {"tiny-llama2", "tiny-llama3", "tiny-mistral", "tiny-qwen2"})
  void greedyTextIsTheLikeliestOfTheWholeContext(String name) throws IOException {
    Golden golden = Golden.require("goldens/" + name);
    try (LanguageModel model = load(golden.folder(), Precision.FP32)) {
      assertContinues(model, Arrays.copyOf(golden.ids("input_ids")[0], 5), 13, Set.of());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FP32", "BF16"})
  void oneTokenIsPromptEnough(Precision precision) {
    try (LanguageModel model = load(TinyTeacher.write(folder), precision)) {
      Set<Long> ends = model.tokenizer().vocabulary().special();
      assertEquals(3, ends.size());
      assertContinues(model, new long[] {17}, 11, ends);
    }
  }

  /** Where both are known, what was written greedily is what the plain forward likes best. */
  private static void assertContinues(
      LanguageModel model, long[] prompt, int count, Set<Long> ends) {
    TextGenerator generator = new TextGenerator(model, Generation.greedy(count), ends);
    long[] written = generator.write(prompt, 2, 3).get(1);
    long[] ids = prompt;
    for (long token : written) {
      assertEquals(token, NextToken.likeliest(model.nextTokenLogits(ids), 1).get(0).id());
      ids = join(ids, token);
    }
    if (written.length < count) {
      long end = NextToken.likeliest(model.nextTokenLogits(ids), 1).get(0).id();
      assertTrue(ends.contains(end), "stopped before " + end);
    }
  }

  @Test
  void aTextDependsOnItsSeedAndPlaceAlone() {
    try (LanguageModel model = load(TinyTeacher.write(folder), Precision.FP32)) {
      TextGenerator generator = new TextGenerator(model, new Generation(23, 1, 1));
      long[] prompt = model.tokenizer().encode("a good film");
      List<long[]> texts = generator.write(prompt, 29, 5);
      assertSame(texts, generator.write(prompt, 29, 5));
      // rows that ended on the way were left out: what the rest became must not show it
      assertTrue(texts.stream().mapToInt(text -> text.length).distinct().count() > 1);
      assertSame(texts.subList(0, 7), generator.write(prompt, 7, 5));
      Object[] others = generator.write(prompt, 29, 6).toArray();
      assertFalse(Arrays.deepEquals(texts.toArray(), others));
    }
  }

  private static void assertSame(List<long[]> expected, List<long[]> found) {
    assertArrayEquals(expected.toArray(), found.toArray());
  }

  @Test
  void noArrayIsLeftBehind() {
    try (LanguageModel model = load(TinyTeacher.write(folder), Precision.FP32)) {
      TextGenerator generator = new TextGenerator(model, new Generation(7, 1, 0.9));
      long[] prompt = {17, 19};
      generator.write(prompt, 5, 1);
      int before = model.manager().getManagedArrays().size();
      generator.write(prompt, 5, 2);
      assertEquals(before, model.manager().getManagedArrays().size());
    }
  }

  @Test
  void morePositionsThanThereAreAreRefused() {
    try (LanguageModel model = load(TinyTeacher.write(folder), Precision.FP32)) {
      TextGenerator generator = new TextGenerator(model, Generation.greedy(TinyTeacher.POSITIONS));
      String message =
          Messages.of(InputException.class, () -> generator.write(new long[] {17, 18, 19}, 1, 1));
      assertEquals(
          "continuation: expected at most 61 positions, found 2 of a prompt and 61 to come; lower"
              + " the length",
          message);
      assertEquals(
          "prompt: expected at least one token, found none; begin it with a word",
          Messages.of(InputException.class, () -> generator.write(new long[0], 1, 1)));
    }
  }

  private static LanguageModel load(Path folder, Precision precision) {
    return LanguageModel.load(folder.toString(), precision, Device.cpu());
  }

  private static long[] join(long[] front, long... back) {
    List<Long> all = new ArrayList<>();
    Arrays.stream(front).forEach(all::add);
    Arrays.stream(back).forEach(all::add);
    return all.stream().mapToLong(Long::longValue).toArray();
  }
}
