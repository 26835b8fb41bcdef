package dev.hone.connectors.local.transformer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;

/**
 * A change of a model's last MLP and of its logits: low-rank updates of the MLP's two maps, and a full update of the logits
 * of the tokens that programs are made of. It has some 9,000 numbers where the model has 1.2 million.
 *
 * <p>As bytes, all numbers big-endian: the four bytes {@code HONP}; the {@code int} version {@value #VERSION}; the
 * {@code int}s width, hidden and rank; then every number as an IEEE 754 half, in the order of the components.
 *
 * @param up of the map into the hidden layer
 * @param down of the map out of it
 * @param matrix of the logits, [tokens, width]
 * @param bias of the logits, [tokens]
 */
record Patch(LowRank up, LowRank down, float[] matrix, float[] bias) {

    /** The tokens whose logits change: the operations and the end. */
    static final int TOKENS = Token.END + 1;

    private static final int MAGIC = 0x484F4E50;
    private static final int VERSION = 1;
    private static final int MOST_RANK = 64;

    /** One that changes nothing, with all numbers zero. */
    static Patch zero(TransformerShape shape, int rank) {
        return zero(shape.width(), shape.hidden(), rank);
    }

    private static Patch zero(int width, int hidden, int rank) {
        return new Patch(
                new LowRank(rank, new float[rank * width], new float[hidden * rank]),
                new LowRank(rank, new float[rank * hidden], new float[width * rank]),
                new float[TOKENS * width],
                new float[TOKENS]);
    }

    /** One that changes nothing yet and can learn: the inner matrices are random, the outer ones zero. */
    static Patch initial(TransformerShape shape, int rank, SplittableRandom random) {
        Patch patch = zero(shape, rank);
        for (float[] in : new float[][] {patch.up.in(), patch.down.in()}) {
            double deviation = Math.sqrt((double) rank / in.length);
            for (int i = 0; i < in.length; i++) {
                in[i] = (float) (deviation * random.nextGaussian());
            }
        }
        return patch;
    }

    /** The arrays that are learned, in the order of the file. */
    float[][] arrays() {
        return new float[][] {up.in(), up.out(), down.in(), down.out(), matrix, bias};
    }

    int numbers() {
        int numbers = 0;
        for (float[] array : arrays()) {
            numbers += array.length;
        }
        return numbers;
    }

    Patch copy() {
        return new Patch(
                new LowRank(up.rank(), up.in().clone(), up.out().clone()),
                new LowRank(down.rank(), down.in().clone(), down.out().clone()),
                matrix.clone(),
                bias.clone());
    }

    /** Whether it was made for models of this shape. */
    boolean fits(TransformerShape shape) {
        return !shape.feedback() && up.inputs() == shape.width() && up.outputs() == shape.hidden();
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream data = new DataOutputStream(bytes)) {
            data.writeInt(MAGIC);
            data.writeInt(VERSION);
            data.writeInt(up.inputs());
            data.writeInt(up.outputs());
            data.writeInt(up.rank());
            for (float[] array : arrays()) {
                for (float value : array) {
                    data.writeShort(Float.floatToFloat16(value));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException when the bytes are no patch, or hold a number that is none */
    static Patch read(byte[] bytes, TransformerShape shape) throws IOException {
        try (DataInputStream data = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (data.readInt() != MAGIC || data.readInt() != VERSION) {
                throw new IOException("it does not begin as version " + VERSION + " of a patch does");
            }
            int width = data.readInt();
            int hidden = data.readInt();
            int rank = data.readInt();
            if (width != shape.width() || hidden != shape.hidden() || rank < 1 || rank > MOST_RANK) {
                throw new IOException("its sizes are " + width + ", " + hidden + " and rank " + rank
                        + ", those of the model " + shape.width() + " and " + shape.hidden());
            }
            Patch patch = zero(width, hidden, rank);
            if (data.available() != 2 * patch.numbers()) {
                throw new IOException("it has " + data.available() + " bytes of numbers, not " + 2 * patch.numbers());
            }
            for (float[] array : patch.arrays()) {
                for (int i = 0; i < array.length; i++) {
                    array[i] = Float.float16ToFloat(data.readShort());
                    if (!Float.isFinite(array[i])) {
                        throw new IOException("one of its numbers is not finite");
                    }
                }
            }
            return patch;
        }
    }
}
