package io.gnomon.gguf;

import io.gnomon.config.InputException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** How the elements of a GGUF tensor are stored: in blocks of so many, of so many bytes. */
public enum GgmlType {
  F32(0, 1, 4),
  F16(1, 1, 2),
  Q4_0(2, 32, 18),
  Q8_0(8, 32, 34),
  Q2_K(10, SuperBlocks.SIZE, SuperBlocks.Q2_BYTES),
  Q3_K(11, SuperBlocks.SIZE, SuperBlocks.Q3_BYTES),
  Q4_K(12, SuperBlocks.SIZE, SuperBlocks.Q4_BYTES),
  Q5_K(13, SuperBlocks.SIZE, SuperBlocks.Q5_BYTES),
  Q6_K(14, SuperBlocks.SIZE, SuperBlocks.Q6_BYTES),
  IQ2_XXS(16, SuperBlocks.SIZE, Iq2Blocks.BYTES),
  BF16(30, 1, 2);

  /** Types that the format has and this reader has not. */
  private static final Map<Integer, String> UNREAD =
      Map.ofEntries(
          Map.entry(3, "Q4_1"),
          Map.entry(6, "Q5_0"),
          Map.entry(7, "Q5_1"),
          Map.entry(9, "Q8_1"),
          Map.entry(15, "Q8_K"),
          Map.entry(17, "IQ2_XS"),
          Map.entry(18, "IQ3_XXS"),
          Map.entry(19, "IQ1_S"),
          Map.entry(20, "IQ4_NL"),
          Map.entry(21, "IQ3_S"),
          Map.entry(22, "IQ2_S"),
          Map.entry(23, "IQ4_XS"),
          Map.entry(24, "I8"),
          Map.entry(25, "I16"),
          Map.entry(26, "I32"),
          Map.entry(27, "I64"),
          Map.entry(28, "F64"),
          Map.entry(29, "IQ1_M"),
          Map.entry(34, "TQ1_0"),
          Map.entry(35, "TQ2_0"),
          Map.entry(39, "MXFP4"),
          Map.entry(40, "NVFP4"),
          Map.entry(41, "Q1_0"));

  private final int id;
  private final int blockSize;
  private final int blockBytes;

  GgmlType(int id, int blockSize, int blockBytes) {
    this.id = id;
    this.blockSize = blockSize;
    this.blockBytes = blockBytes;
  }

  /** Its number in files. */
  int id() {
    return id;
  }

  /** Elements of a block. */
  public int blockSize() {
    return blockSize;
  }

  /** Bytes of a block. */
  public int blockBytes() {
    return blockBytes;
  }

  /** What turns its blocks into float32. */
  BlockDecoder decoder() {
    return switch (this) {
      case F32 -> PlainBlocks::f32;
      case F16 -> PlainBlocks::f16;
      case BF16 -> PlainBlocks::bf16;
      case Q4_0 -> PlainBlocks::q40;
      case Q8_0 -> PlainBlocks::q80;
      case Q2_K -> SuperBlocks::q2;
      case Q3_K -> SuperBlocks::q3;
      case Q4_K -> SuperBlocks::q4;
      case Q5_K -> SuperBlocks::q5;
      case Q6_K -> SuperBlocks::q6;
      case IQ2_XXS -> Iq2Blocks::decode;
    };
  }

  /**
   * The type of number {@code id}.
   *
   * @param where file and tensor, for the message
   * @throws InputException when it is not read here
   */
  static GgmlType of(int id, String where) {
    for (GgmlType type : values()) {
      if (type.id == id) {
        return type;
      }
    }
    String name = UNREAD.get(id);
    throw new InputException(
        "%s: expected one of the types %s, found %s; take the model in one of these"
            .formatted(
                where,
                Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", ")),
                name == null ? "the unknown number " + Integer.toUnsignedString(id) : name));
  }
}
