package io.gnomon.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.tensor.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in a key, and what is not. */
class AnswerKeyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed=2",
        "training.batch_size=5",
        "sampler.share=0.7",
        "sampler.length.max=39",
        "sampler={kind: labelled}",
        "sampler={kind: sharpened}",
        "task.prompt.prefix=another",
        "task.prompt.suffix=' another'",
        "task.score=mean",
        "task.temperature=2",
        "task.calibration={kind: sampler}",
        "task.classes={negative: [bad], positive: [good]}",
      })
  void anythingThatChangesAnAnswerChangesTheKey(String set) {
    assertNotEquals(Keys.training().hash(), Keys.training(set).hash());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name=another",
        "task.name=another",
        "training.steps=700",
        "training.checkpoint_every=3",
        "student.hidden=64",
        "objective.divergence=l2",
        "optimizer.learning_rate=1e-4",
        "trace.every=3",
        "trace.probe=7",
        "runtime.threads=2",
        "teacher.answers=keep",
        "teacher.path=embedded:pocket",
      })
  void whatAStudentIsMadeOfDoesNot(String set) {
    assertEquals(Keys.training().hash(), Keys.training(set).hash());
  }

  @Test
  void theWordsThatAnswerForALabelCount() {
    String labels = "task={from: tasks/goemotions-all, answers: {yes: [%s], no: [Nay]}}";
    assertNotEquals(
        Keys.training(labels.formatted("Yea")).hash(),
        Keys.training(labels.formatted("Aye")).hash());
  }

  @Test
  void whatASamplerIsMadeOfCounts() {
    String hash = Keys.training("sampler={kind: sharpened, of: {kind: bursty}}").hash();
    assertEquals(hash, Keys.training("sampler={kind: sharpened}").hash()); // its default
    assertNotEquals(
        hash, Keys.training("sampler={kind: sharpened, of: {kind: bursty, topics: 5}}").hash());
    // Lengths come from above: those written below change nothing, in the key either.
    assertEquals(
        hash,
        Keys.training("sampler={kind: sharpened, of: {kind: bursty, length: {max: 31}}}").hash());
  }

  @Test
  void weightsPrecisionAndPurposeCount() {
    AnswerKey.Asked asked = Keys.asked("ab", Precision.FP32);
    String hash = Keys.training().hash();
    assertNotEquals(hash, AnswerKey.training(Keys.asked("ac", Precision.FP32)).hash());
    assertNotEquals(hash, AnswerKey.training(Keys.asked("ab", Precision.BF16)).hash());
    assertNotEquals(hash, AnswerKey.samples(asked, "training", Keys.BATCH, 7).hash());
    AnswerKey probe = AnswerKey.samples(asked, "probe", Keys.BATCH, 7);
    assertNotEquals(probe.hash(), AnswerKey.samples(asked, "probe", Keys.BATCH, 8).hash());
    assertNotEquals(probe.hash(), AnswerKey.samples(asked, "other", Keys.BATCH, 7).hash());
  }

  @Test
  void textsDependOnTheSamplerOnlyThroughTheCalibration() {
    String plain = AnswerKey.texts(Keys.asked("ab", Precision.FP32), "t", 5).hash();
    assertEquals(plain, AnswerKey.texts(Keys.asked("ab", Precision.FP32, "seed=2"), "t", 5).hash());
    assertNotEquals(plain, AnswerKey.texts(Keys.asked("ab", Precision.FP32), "u", 5).hash());
    String calibration = "task.calibration={kind: sampler}";
    assertNotEquals(
        AnswerKey.texts(Keys.asked("ab", Precision.FP32, calibration), "t", 5).hash(),
        AnswerKey.texts(Keys.asked("ab", Precision.FP32, calibration, "seed=2"), "t", 5).hash());
  }

  @Test
  void theHeaderNamesWhatDiffers() {
    AnswerKey key = Keys.training();
    assertEquals("", key.difference(key.header()));
    assertEquals("seed 1, found 2", key.difference(Keys.training("seed=2").header()));
    assertTrue(key.difference("{}").endsWith("found none"));
  }
}
