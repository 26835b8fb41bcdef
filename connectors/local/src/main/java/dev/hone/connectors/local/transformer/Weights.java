package dev.hone.connectors.local.transformer;

import dev.hone.connectors.local.transformer.TransformerShape.Parameter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * The parameters of a model, one after the other in the order of {@link TransformerShape#parameters()}.
 *
 * <p>The file, all numbers big-endian: the four bytes {@code HONW}; the {@code int} version {@value #VERSION}; the
 * {@code int}s width, heads, layers, hidden, encoders, pairWidth and feedback (0 or 1); the {@code int} number of
 * parameters; then each as an IEEE 754 half (16 bits).
 */
public final class Weights {

    private static final int MAGIC = 0x484F4E57;
    private static final int VERSION = 1;

    private final TransformerShape shape;
    private final float[] values;

    /** @throws IllegalArgumentException when {@code values} are not as many as the shape's parameters */
    public Weights(TransformerShape shape, float[] values) {
        if (values.length != shape.parameterCount()) {
            throw new IllegalArgumentException(
                    "the shape has " + shape.parameterCount() + " parameters, but " + values.length + " are given");
        }
        this.shape = shape;
        this.values = values.clone();
    }

    public TransformerShape shape() {
        return shape;
    }

    public float[] values() {
        return values.clone();
    }

    /**
     * A copy of one parameter, row after row.
     *
     * @throws IllegalArgumentException when the shape has none of that name
     */
    public float[] values(String name) {
        int offset = 0;
        for (Parameter parameter : shape.parameters()) {
            if (parameter.name().equals(name)) {
                return Arrays.copyOfRange(values, offset, offset + parameter.size());
            }
            offset += parameter.size();
        }
        throw new IllegalArgumentException("no parameter is named " + name);
    }

    /** @throws IOException when {@code in} ends early or holds no weights of this version */
    public static Weights read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(new BufferedInputStream(in));
        if (data.readInt() != MAGIC) {
            throw new IOException("not a weights file: it does not begin with HONW");
        }
        int version = data.readInt();
        if (version != VERSION) {
            throw new IOException("the weights file has version " + version + ", this code reads " + VERSION);
        }
        TransformerShape shape = shape(data);
        int count = data.readInt();
        if (count != shape.parameterCount()) {
            throw new IOException(
                    "the weights file holds " + count + " parameters, its shape has " + shape.parameterCount());
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = Float.float16ToFloat(data.readShort());
        }
        return new Weights(shape, values);
    }

    private static TransformerShape shape(DataInputStream data) throws IOException {
        try {
            return new TransformerShape(
                    data.readInt(),
                    data.readInt(),
                    data.readInt(),
                    data.readInt(),
                    data.readInt(),
                    data.readInt(),
                    data.readInt() == 1);
        } catch (IllegalArgumentException e) {
            throw new IOException("the weights file has an impossible shape: " + e.getMessage(), e);
        }
    }

    /** Writes the file; each number is rounded to a half. */
    public void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out));
        data.writeInt(MAGIC);
        data.writeInt(VERSION);
        data.writeInt(shape.width());
        data.writeInt(shape.heads());
        data.writeInt(shape.layers());
        data.writeInt(shape.hidden());
        data.writeInt(shape.encoders());
        data.writeInt(shape.pairWidth());
        data.writeInt(shape.feedback() ? 1 : 0);
        data.writeInt(values.length);
        for (float value : values) {
            data.writeShort(Float.floatToFloat16(value));
        }
        data.flush();
    }
}
