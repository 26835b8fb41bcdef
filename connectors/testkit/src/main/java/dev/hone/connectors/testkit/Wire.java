package dev.hone.connectors.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One connection of a {@link HostileServer}, on which a request was read: every byte of the answer is chosen. */
final class Wire {

    private static final long DRIP_MILLIS = 5;
    private static final int CHUNK = 64 << 10;

    private final Socket socket;
    private final CountDownLatch closing;
    private final String reply;

    /**
     * @param reply the body of a good answer
     * @param closing opens when the server closes
     */
    Wire(Socket socket, String reply, CountDownLatch closing) {
        this.socket = socket;
        this.reply = reply;
        this.closing = closing;
    }

    String reply() {
        return reply;
    }

    void answer(int status, String headers, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        head(status, headers + "Content-Length: " + bytes.length + "\r\n");
        send(bytes);
    }

    /** A body of this length is promised, and this much of it sent. */
    void answerPart(long promised, String part) throws IOException {
        head(200, "Content-Length: " + promised + "\r\n");
        send(part.getBytes(UTF_8));
    }

    /** The first chunk of a chunked body, and nothing more. */
    void answerOneChunk(String part) throws IOException {
        head(200, "Transfer-Encoding: chunked\r\n");
        send((Integer.toHexString(part.length()) + "\r\n" + part + "\r\n").getBytes(UTF_8));
    }

    /** Blanks, as JSON allows them, without end. */
    void answerEndlessly() throws IOException {
        head(200, "");
        byte[] blanks = " ".repeat(CHUNK).getBytes(UTF_8);
        while (closing.getCount() > 0) {
            send(blanks);
        }
    }

    /** Header lines without end. */
    void headEndlessly() throws IOException {
        raw("HTTP/1.1 200 OK\r\n");
        String line = "X-Padding: " + "x".repeat(8_000) + "\r\n";
        while (closing.getCount() > 0) {
            raw(line);
        }
    }

    void raw(String text) throws IOException {
        send(text.getBytes(ISO_8859_1));
    }

    /** A character every few milliseconds, until the client leaves. */
    void drip(String character) throws IOException {
        while (!waited(DRIP_MILLIS)) {
            raw(character);
        }
    }

    /** Says nothing until the client leaves. */
    void silence() throws IOException {
        while (!waited(0)) {
            if (socket.getInputStream().read() < 0) {
                throw new IOException("the client left");
            }
        }
    }

    /** Lets the client wait, unless the server closes meanwhile. */
    void pause(long millis) throws IOException {
        if (waited(millis)) {
            throw new IOException("the server is closing");
        }
    }

    void head(int status, String headers) throws IOException {
        raw("HTTP/1.1 " + status + " Whatever\r\nContent-Type: application/json\r\nConnection: close\r\n" + headers
                + "\r\n");
    }

    /** Ends the connection with a reset in the place of an orderly end. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Whether the server closes within this time. */
    private boolean waited(long millis) throws IOException {
        try {
            return closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the server is closing", e);
        }
    }

    private void send(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }
}
