package dev.hone.broker.child;

import io.atomix.cluster.messaging.ManagedUnicastService;
import io.atomix.cluster.messaging.UnicastService;
import io.atomix.utils.net.Address;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/** Gossip between members, of which there is one. Zeebe's own opens a UDP port on every interface of the machine. */
final class NoUnicast implements ManagedUnicastService {

    private volatile boolean running;

    @Override
    public void unicast(Address to, String subject, byte[] message) {}

    @Override
    public void addListener(String subject, BiConsumer<Address, byte[]> listener, Executor executor) {}

    @Override
    public void removeListener(String subject, BiConsumer<Address, byte[]> listener) {}

    @Override
    public CompletableFuture<UnicastService> start() {
        running = true;
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public CompletableFuture<Void> stop() {
        running = false;
        return CompletableFuture.completedFuture(null);
    }
}
