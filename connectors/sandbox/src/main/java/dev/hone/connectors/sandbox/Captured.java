package dev.hone.connectors.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What a process prints on a stream, up to a limit. */
final class Captured {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Thread thread;
    private volatile boolean full;

    /** @param stop what to do when there is more than {@code most} bytes */
    Captured(InputStream stream, int most, Runnable stop) {
        thread = Thread.ofVirtual().start(() -> read(stream, most, stop));
    }

    private void read(InputStream stream, int most, Runnable stop) {
        byte[] buffer = new byte[8192];
        try (stream) {
            for (int n; (n = stream.read(buffer)) >= 0; ) {
                bytes.write(buffer, 0, Math.min(n, most - bytes.size()));
                if (n > 0 && bytes.size() == most) {
                    full = stream.read() >= 0;
                    stop.run();
                    return;
                }
            }
        } catch (IOException closed) {
            // The process was stopped; what it printed until then counts.
        }
    }

    /** Waits for the end of the stream. */
    String text() {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Whether there was more than the limit. */
    boolean full() {
        return full;
    }
}
