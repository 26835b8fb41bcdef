package dev.hone.connectors.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A message of protocol buffers, field by field. */
final class Protobuf {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private interface Write {
        void to(CodedOutputStream out) throws IOException;
    }

    private Protobuf write(Write write) {
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            write.to(out);
            out.flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Protobuf number(int field, long value) {
        return write(out -> out.writeInt64(field, value));
    }

    Protobuf text(int field, String value) {
        return write(out -> out.writeString(field, value));
    }

    Protobuf bytes(int field, byte[] value) {
        return write(out -> out.writeByteArray(field, value));
    }

    Protobuf message(int field, Protobuf value) {
        return write(out -> out.writeBytes(field, ByteString.copyFrom(value.bytes.toByteArray())));
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
