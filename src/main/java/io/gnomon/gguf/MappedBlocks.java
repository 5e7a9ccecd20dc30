package io.gnomon.gguf;

import io.gnomon.checkpoint.ElementSource;
import io.gnomon.checkpoint.FileProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The elements of one tensor, decoded from a region of the file that is mapped into memory. */
final class MappedBlocks implements ElementSource {
  /** Bytes decoded at once. */
  private static final int SCRATCH = 1 << 13;

  /** Bytes mapped at once, well below the 2 GiB of a buffer; regions hold whole blocks. */
  private static final long REGION = 1 << 28;

  private final Path file;
  private final FileChannel channel;
  private final GgufTensor tensor;
  private final GgmlType type;
  private final long blocksInRegion;
  private final BlockDecoder decoder;
  private final byte[] scratch;
  private ByteBuffer mapped = ByteBuffer.allocate(0);
  private long mappedRegion = -1;

  MappedBlocks(Path file, FileChannel channel, GgufTensor tensor) {
    this(file, channel, tensor, REGION);
  }

  /** As above, with regions of another size. */
  MappedBlocks(Path file, FileChannel channel, GgufTensor tensor, long region) {
    this.file = file;
    this.channel = channel;
    this.tensor = tensor;
    this.type = tensor.type();
    this.decoder = type.decoder();
    this.blocksInRegion = region / type.blockBytes();
    this.scratch = new byte[SCRATCH / type.blockBytes() * type.blockBytes()];
  }

  @Override
  public void read(long from, float[] target, int at, int count) {
    int size = type.blockSize();
    if (from % size != 0 || count % size != 0) {
      throw new IllegalArgumentException(
          tensor.name() + ": " + count + " from " + from + " are not whole blocks of " + size);
    }
    for (int done = 0; done < count; ) {
      done += some((from + done) / size, (count - done) / size, target, at + done) * size;
    }
  }

  /** Decodes as many of {@code blocks} as one region and the scratch hold; returns how many. */
  private int some(long block, int blocks, float[] target, int at) {
    long within = block % blocksInRegion;
    int limit = Math.min(blocks, scratch.length / type.blockBytes());
    int taken = (int) Math.min(limit, blocksInRegion - within);
    region(block / blocksInRegion)
        .get((int) within * type.blockBytes(), scratch, 0, taken * type.blockBytes());
    decoder.decode(scratch, taken, target, at);
    return taken;
  }

  private ByteBuffer region(long number) {
    if (number != mappedRegion) {
      long length = blocksInRegion * type.blockBytes();
      long start = number * length;
      try {
        mapped =
            channel.map(
                FileChannel.MapMode.READ_ONLY,
                tensor.offset() + start,
                Math.min(length, tensor.length() - start));
        mappedRegion = number;
      } catch (IOException e) {
        throw FileProblem.reading(file, e);
      }
    }
    return mapped;
  }
}
