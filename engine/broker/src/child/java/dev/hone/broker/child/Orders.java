package dev.hone.broker.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the parent says on the standard input. */
final class Orders {

    private static final CompletableFuture<Callable<?>> STOP = new CompletableFuture<>();

    private Orders() {}

    /** Sets what {@code STOP} does before the process ends. */
    static void onStop(Callable<?> stop) {
        STOP.complete(stop);
    }

    static void listen(Events events) {
        Thread.ofPlatform().daemon(false).name("hone-orders").start(() -> {
            if (stopAsked()) {
                try {
                    STOP.join().call();
                } catch (Exception error) {
                    Logger.getLogger("dev.hone.broker").log(Level.WARNING, "stopped badly; the log recovers it", error);
                }
                events.stopped();
                ClassArchive.writeIfAsked();
                Runtime.getRuntime().halt(0);
            }
            Runtime.getRuntime().halt(0);
        });
    }

    private static boolean stopAsked() {
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals("STOP")) {
                    return true;
                }
            }
            return false;
        } catch (IOException broken) {
            return false;
        }
    }
}
