package dev.hone.connectors.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A file in the Open Neural Network Exchange format, whose field numbers are those of its {@code onnx.proto}. */
final class OnnxFile {

    static final int FLOAT = 1;
    static final int INT64 = 7;

    private static final int IR_VERSION = 8;
    private static final int OPERATORS = 13;

    private final Protobuf graph = new Protobuf();
    private int nodes;

    OnnxFile() {
        graph.text(2, "tiny");
    }

    /** @param sizes a number, or a name for one that is left open */
    OnnxFile input(String name, int type, Object... sizes) {
        graph.message(11, value(name, type, sizes));
        return this;
    }

    OnnxFile output(String name, int type, Object... sizes) {
        graph.message(12, value(name, type, sizes));
        return this;
    }

    private static Protobuf value(String name, int type, Object... sizes) {
        Protobuf shape = new Protobuf();
        for (Object size : sizes) {
            Protobuf one = new Protobuf();
            shape.message(
                    1, size instanceof Number number ? one.number(1, number.longValue()) : one.text(2, "" + size));
        }
        Protobuf tensor = new Protobuf().number(1, type).message(2, shape);
        return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor));
    }

    /** A matrix that the file holds. */
    OnnxFile floats(String name, float[][] rows) {
        ByteBuffer raw =
                ByteBuffer.allocate(rows.length * rows[0].length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : rows) {
            for (float value : row) {
                raw.putFloat(value);
            }
        }
        return tensor(name, FLOAT, raw, rows.length, rows[0].length);
    }

    /** A list of whole numbers that the file holds. */
    OnnxFile longs(String name, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            raw.putLong(value);
        }
        return tensor(name, INT64, raw, values.length);
    }

    private OnnxFile tensor(String name, int type, ByteBuffer raw, long... sizes) {
        Protobuf tensor = new Protobuf();
        for (long size : sizes) {
            tensor.number(1, size);
        }
        graph.message(5, tensor.number(2, type).text(8, name).bytes(9, raw.array()));
        return this;
    }

    /** An operator with whole numbers as attributes, by name and value. */
    OnnxFile node(String operator, String output, String inputs, Object... attributes) {
        Protobuf node = new Protobuf();
        for (String input : inputs.split(" ")) {
            node.text(1, input);
        }
        node.text(2, output).text(3, operator + nodes++).text(4, operator);
        for (int i = 0; i < attributes.length; i += 2) {
            node.message(
                    5,
                    new Protobuf()
                            .text(1, (String) attributes[i])
                            .number(3, ((Number) attributes[i + 1]).longValue())
                            .number(20, 2));
        }
        graph.message(1, node);
        return this;
    }

    byte[] toBytes() {
        return new Protobuf()
                .number(1, IR_VERSION)
                .message(7, graph)
                .message(8, new Protobuf().text(1, "").number(2, OPERATORS))
                .toBytes();
    }
}
