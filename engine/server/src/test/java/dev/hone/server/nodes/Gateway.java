package dev.hone.server.nodes;

import dev.hone.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A broker of a directory, always on the same port, that can be stopped and started again. */
final class Gateway implements AutoCloseable {

    private final Path directory;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private EmbeddedBroker broker;
    private ServerSocket door;

    Gateway(Path directory) throws IOException {
        this.directory = directory;
        this.broker = EmbeddedBroker.start(directory);
        this.door = door(0);
        this.port = door.getLocalPort();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Nobody listens there any more. */
    void stop() throws IOException {
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
        broker.close();
    }

    void startAgain() throws IOException {
        broker = EmbeddedBroker.start(directory);
        door = door(port);
    }

    private ServerSocket door(int where) throws IOException {
        ServerSocket server = new ServerSocket(where, 50, InetAddress.getLoopbackAddress());
        int behind = broker.gatewayAddress().getPort();
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket came = server.accept();
                    Socket on = new Socket(InetAddress.getLoopbackAddress(), behind);
                    open.add(came);
                    open.add(on);
                    pass(came, on);
                    pass(on, came);
                }
            } catch (IOException e) {
                // It was closed.
            }
        });
        return server;
    }

    private void pass(Socket from, Socket to) {
        Thread.ofVirtual().start(() -> {
            try (from;
                    to;
                    InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                byte[] part = new byte[16 << 10];
                for (int n = in.read(part); n >= 0; n = in.read(part)) {
                    out.write(part, 0, n);
                }
            } catch (IOException e) {
                // One of the two has gone.
            } finally {
                open.remove(from);
            }
        });
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
