package dev.hone.connectors.external;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;

/** Reads what a process writes, line by line and never too much at once. */
final class Lines {

    private Lines() {}

    /** What came. */
    sealed interface Said {}

    record Line(String text) implements Said {}

    record TooLong() implements Said {}

    record End() implements Said {}

    /** Reads until the end, or until a line is too long; blank lines are left out. */
    static void read(InputStream stream, int longest, BlockingQueue<Said> to) {
        try (InputStream in = new BufferedInputStream(stream)) {
            Optional<String> line = next(in, longest);
            while (line.isPresent()) {
                if (line.get().length() > longest) {
                    to.put(new TooLong());
                    return;
                }
                if (!line.get().isBlank()) {
                    to.put(new Line(line.get()));
                }
                line = next(in, longest);
            }
            to.put(new End());
        } catch (IOException e) {
            // The process is gone and its output with it.
            to.offer(new End());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next line, cut after {@code longest} + 1 bytes; empty at the end. */
    private static Optional<String> next(InputStream in, int longest) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int read = in.read();
        if (read < 0) {
            return Optional.empty();
        }
        while (read >= 0 && read != '\n' && line.size() <= longest) {
            line.write(read);
            read = in.read();
        }
        return Optional.of(line.toString(StandardCharsets.UTF_8));
    }

    /** The last lines that were read. */
    static final class Last {

        private static final int MOST = 10;
        private static final int LONGEST = 300;

        private final Deque<String> lines = new ArrayDeque<>();

        /** Reads until the end; of a long line the parts count as lines. */
        void read(InputStream stream) {
            try (InputStream in = new BufferedInputStream(stream)) {
                Optional<String> line = next(in, LONGEST);
                while (line.isPresent()) {
                    add(line.get());
                    line = next(in, LONGEST);
                }
            } catch (IOException e) {
                add("(the rest is lost)");
            }
        }

        private synchronized void add(String line) {
            if (line.isBlank()) {
                return;
            }
            if (lines.size() == MOST) {
                lines.removeFirst();
            }
            lines.addLast(line.replaceAll("\\p{Cntrl}", " ").strip());
        }

        synchronized String text() {
            return String.join(" | ", lines);
        }
    }
}
